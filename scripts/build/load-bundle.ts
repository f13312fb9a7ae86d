import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { isMapping } from "../tenant/shape.ts";

export type LoadedModule =
  /** `module.exports` after the body has run. */
  { readonly kind: "loaded"; readonly exported: unknown } | { readonly kind: "threw"; readonly message: string };

/**
 * Runs the body of a built bundle once, the way the platform loads it: as the body of a function that is given module,
 * exports, require and console.
 */
export function loadBundle(directory: string, code: string): LoadedModule {
  const module: { exports: unknown } = { exports: {} };
  const quiet = Object.fromEntries(["debug", "error", "info", "log", "warn"].map((level) => [level, () => {}]));
  try {
    const run = compileFunction(code, ["module", "exports", "require", "console"]);
    run(module, module.exports, createRequire(join(directory, "package.json")), quiet);
  } catch (error) {
    return { kind: "threw", message: isMapping(error) ? String(error.message) : String(error) };
  }
  return { kind: "loaded", exported: module.exports };
}
