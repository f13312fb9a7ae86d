import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Rival {
  readonly name: string;
  readonly version: string;
}

/** The newest that run on the oldest Node this project supports. */
export const RIVALS: readonly Rival[] = [
  { name: "@simulacrum/auth0-simulator", version: "0.11.4" },
  { name: "oauth2-mock-server", version: "8.2.3" },
];

/** Kept from one run to the next, and outside the repository: the project does not depend on them. */
const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "auth0-stripe-actions/bench");

/** The folder whose node_modules has the rival, or undefined if it cannot be installed. */
export async function installRival({ name, version }: Rival): Promise<string | undefined> {
  const own = join(folder, name.replaceAll(/[^\w.-]/g, "_"), version);
  if (readVersion(own, name) === version) return own;
  mkdirSync(own, { recursive: true });
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  const npm = spawn("npm", ["install", "--prefix", own, ...options, `${name}@${version}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await once(npm, "close").catch(() => {});
  return readVersion(own, name) === version ? own : undefined;
}

function readVersion(own: string, name: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(own, "node_modules", name, "package.json"), "utf8"));
    return version;
  } catch {
    return undefined;
  }
}
