import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of a package that is installed, or undefined when there is none. */
export type InstalledVersion = (name: string) => string | undefined;

/** npm's rule for names, which also keeps a name from leaving node_modules. */
export const isPackageName = (name: string): boolean =>
  /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name);

/** Looks where Node would from `directory`: its node_modules, then its parents'. */
export function createInstalledVersion(directory: string): InstalledVersion {
  return (name) => {
    if (!isPackageName(name)) return undefined;
    for (let at = directory; ; at = dirname(at)) {
      const version = readVersion(join(at, "node_modules", name, "package.json"));
      if (version !== undefined || at === dirname(at)) return version;
    }
  };
}

function readVersion(file: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    const version = (manifest as { version?: unknown } | null)?.version;
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
