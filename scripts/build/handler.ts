import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { isMapping } from "../tenant/shape.ts";

export type LoadedModule =
  /** What each export is: `AsyncFunction`, `Function`, `String`, …: the name of its constructor. */
  | { readonly kind: "loaded"; readonly exports: ReadonlyMap<string, string> }
  | { readonly kind: "no-object" }
  | { readonly kind: "threw"; readonly message: string };

/**
 * Runs the body of a built bundle once, the way the platform loads it: as the body of a function that is given module,
 * exports, require and console. The platform then looks handlers up by name and takes native async functions only.
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
  if (!isMapping(module.exports)) return { kind: "no-object" };
  return {
    kind: "loaded",
    exports: new Map(Object.entries(module.exports).map(([name, value]) => [name, constructorOf(value)])),
  };
}

const constructorOf = (value: unknown): string =>
  value === undefined || value === null ? String(value) : (Object(value).constructor?.name ?? "Object");
