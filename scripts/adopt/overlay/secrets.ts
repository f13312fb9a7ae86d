import { findPaths } from "../../tenant/find-paths.ts";
import { isWholeMarker } from "../../tenant/markers.ts";
import { findIdentity } from "../../tenant/overlay/identities.ts";
import { assemble, mergeValues } from "../../tenant/overlay/merge-values.ts";
import { valueAt, without } from "../../tenant/paths.ts";
import { isMapping, type Path, renderPath } from "../../tenant/shape.ts";
import { cutAt, listLeaves } from "../cut.ts";
import { type Entry, labelOf, toDocument } from "../entry.ts";
import type { MissingSecret } from "../report.ts";
import type { BaseEntry } from "./overlay-entry.ts";

/** An entry with what it is missing at its place. */
export function withMissing(value: unknown, missing: unknown): unknown {
  if (missing === undefined) return value;
  if (Array.isArray(value) && Array.isArray(missing)) {
    return value.map((entry, index) => withMissing(entry, missing[index]));
  }
  if (!isMapping(value) || !isMapping(missing)) return value ?? missing;
  const more = Object.entries(missing).map(([key, member]) => [key, withMissing(value[key], member)] as const);
  return { ...value, ...Object.fromEntries(more) };
}

export interface WithoutKeywords {
  readonly value: unknown;
  readonly secrets: readonly { readonly path: Path; readonly variable: string }[];
}

/** What an overlay says of an entry, without the keywords that stand for secrets that the tenant alone has. */
export function takeKeywords({ kind }: Pick<Entry, "kind">, said: unknown): WithoutKeywords {
  const identity = findIdentity([kind.section]) ?? [];
  const found = listLeaves(said).flatMap(({ path, value }) => {
    const isSecret = isWholeMarker(value) && String(value).startsWith("@@") && !identity.includes(renderPath(path));
    return isSecret ? [{ path, variable: String(value).slice(2, -2) }] : [];
  });
  return {
    value: found.reduceRight(
      (rest, { path }) => (path.some((key) => typeof key === "number") ? without(rest, path) : cutAt(rest, path)),
      said,
    ),
    secrets: found,
  };
}

/** Secrets of tenant.yaml that an overlay takes out of an entry, because nobody knows whether the tenant has the same. */
export function listSecretsLeftOut(base: BaseEntry, said: unknown): readonly MissingSecret[] {
  const [before, overlay] = [base.written, said].map((value) => toDocument({ ...base, value }));
  const after = assemble(mergeValues(before, overlay), before, overlay);
  const left = new Set(listLeaves(after).map(({ value }) => value));
  return (base.kind.secrets ?? [])
    .flatMap((pattern) => findPaths(base.written, pattern))
    .flatMap((path) => {
      const keyword = valueAt(base.written, path);
      if (!isWholeMarker(keyword) || left.has(keyword)) return [];
      return [{ entry: labelOf(base), path: renderPath(path), variable: String(keyword).slice(2, -2) }];
    });
}
