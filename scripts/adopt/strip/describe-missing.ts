import { valueAt } from "../../tenant/paths.ts";
import { type Path, renderPath } from "../../tenant/shape.ts";
import { setAt } from "../cut.ts";
import { type Entry, labelOf } from "../entry.ts";
import type { MissingSecret } from "../report.ts";
import type { Variables } from "./variables.ts";

export interface Missing {
  /** What is not in the entry that is written, at its place, with keywords in the place of secrets. */
  readonly tree: unknown;
  readonly secrets: readonly MissingSecret[];
}

/**
 * @param entry with placeholders where its secrets are
 * @param written the entry as it is written
 */
export function describeMissing(entry: Entry, written: unknown, paths: readonly Path[], variables: Variables): Missing {
  const named = paths.map((path) => ({ path, variable: variables.nameFor(entry, path) }));
  const filled = named.reduce<unknown>(
    (value, { path, variable }) => setAt(value, path, `@@${variable}@@`),
    entry.value,
  );
  return {
    tree: named.reduce<unknown>((tree, { path }) => {
      const missing = outermostMissing(written, path);
      return setAt(tree, missing, valueAt(filled, missing));
    }, undefined),
    secrets: named.map(({ path, variable }) => ({ entry: labelOf(entry), path: renderPath(path), variable })),
  };
}

/** The outermost part of a path that is not there. */
function outermostMissing(written: unknown, path: Path): Path {
  const length = path.findIndex((_, index) => valueAt(written, path.slice(0, index + 1)) === undefined);
  return length === -1 ? path : path.slice(0, length + 1);
}
