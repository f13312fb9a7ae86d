import { isMapping } from "../../tenant/shape.ts";

export type SlimResult =
  | { readonly kind: "slimmed"; readonly replaced: number }
  /** The package is not as we know it: nothing was changed, and the deploy will be slow instead of wrong. */
  | { readonly kind: "unchanged"; readonly reason: string };

/** What stands in the schema beside the resource types. */
const SHARED_KEYS = new Set(["exclude", "include"]);

/**
 * The Deploy CLI compiles the JSON schema of all its resource types at every run: 8 MB, of which 8.06 MB describe prompts
 * (measured with 8.44: 20 s and 1.8 GB). This puts `{}` in the place of every type that the document does not have, in the
 * loaded module's own object, before the CLI compiles it. Types in the document keep their checks and defaults.
 */
export function slimSchema(loadModule: () => unknown, types: readonly string[]): SlimResult {
  let loaded: unknown;
  try {
    loaded = loadModule();
  } catch {
    return { kind: "unchanged", reason: "its schema module is not where it was" };
  }
  const properties = findProperties(loaded);
  if (properties === undefined) return { kind: "unchanged", reason: "its schema does not have the known form" };
  const missing = types.filter((type) => !isMapping(properties[type]));
  if (missing.length > 0) return { kind: "unchanged", reason: `its schema does not describe ${missing.join(", ")}` };

  const kept = new Set(types);
  const unused = Object.keys(properties).filter((type) => !kept.has(type) && !SHARED_KEYS.has(type));
  // An assignment to a frozen object may fail without a word.
  const isSlimmed = unused.every((type) => Reflect.set(properties, type, {}));
  if (!isSlimmed) return { kind: "unchanged", reason: "its schema cannot be changed" };
  return { kind: "slimmed", replaced: unused.length };
}

function findProperties(loaded: unknown): Record<string, unknown> | undefined {
  const schema = isMapping(loaded) ? loaded.default : undefined;
  const properties = isMapping(schema) && schema.type === "object" ? schema.properties : undefined;
  return isMapping(properties) ? properties : undefined;
}
