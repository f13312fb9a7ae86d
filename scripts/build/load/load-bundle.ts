import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction, Script } from "node:vm";
import { createFindPackage, type PackageVersion } from "../../../local/auth0/actions/packages/package-folders.ts";
import { isMapping } from "../../tenant/shape.ts";

export type LoadedModule =
  /** `module.exports` after the body has run. */
  | { readonly kind: "loaded"; readonly exported: unknown }
  | { readonly kind: "threw"; readonly message: string }
  /** The body did not end in time. */
  | { readonly kind: "stuck" };

interface LoadOptions {
  /** Whose node_modules packages are taken from, but for these versions. */
  readonly directory: string;
  readonly packages: readonly PackageVersion[];
  /** Milliseconds until the body is stopped. */
  readonly timeout: number;
}

const BODY = "runBodyOfTheBundle";

/**
 * Runs the body of a built bundle once, the way the platform loads it: as the body of a function that is given module,
 * exports, require and console. It runs with all the rights of the process.
 */
export function loadBundle(code: string, { directory, packages, timeout }: LoadOptions): LoadedModule {
  const module: { exports: unknown } = { exports: {} };
  const quiet = Object.fromEntries(["debug", "error", "info", "log", "warn"].map((level) => [level, () => {}]));
  try {
    // Behind a line end: Auth0 puts the code into a function, where a line for a shell (`#!`) is not JavaScript.
    const body = compileFunction(`\n${code}`, ["module", "exports", "require", "console"], { lineOffset: -1 });
    const run = (): void => {
      Reflect.deleteProperty(globalThis, BODY);
      body(module, module.exports, createPackagesRequire(directory, packages), quiet);
    };
    // Only a script can be stopped, so the body is called by one.
    Object.defineProperty(globalThis, BODY, { value: run, configurable: true });
    new Script(`${BODY}()`).runInThisContext({ timeout });
  } catch (error) {
    if (isMapping(error) && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return { kind: "stuck" };
    return { kind: "threw", message: describeThrown(error) };
  }
  return { kind: "loaded", exported: module.exports };
}

function createPackagesRequire(directory: string, packages: readonly PackageVersion[]): (request: string) => unknown {
  const find = createFindPackage(directory);
  return (request) => {
    const wanted = packages.find(({ name }) => request === name || request.startsWith(`${name}/`));
    const folder = (wanted && find(wanted)) ?? directory;
    return createRequire(join(folder, "package.json"))(request);
  };
}

export function describeThrown(thrown: unknown): string {
  return isMapping(thrown) ? String(thrown.message) : String(thrown);
}
