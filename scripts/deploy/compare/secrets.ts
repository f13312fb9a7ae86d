import { isDeepStrictEqual } from "node:util";
import { findPaths, withoutPaths } from "../../tenant/find-paths.ts";
import { valueAt } from "../../tenant/paths.ts";
import { renderPath } from "../../tenant/shape.ts";
import type { Fields } from "../kinds/live-record.ts";
import type { FieldChange } from "./compare-fields.ts";

/** Where the fields of a kind hold secrets: `options.configuration`, with all in it. In the form of findPaths. */
export type SecretPaths = readonly string[];

export interface SplitFields {
  /** Without secrets. */
  readonly readable: Fields;
  /** By path. */
  readonly secrets: ReadonlyMap<string, unknown>;
}

export function splitSecrets(fields: Fields, patterns: SecretPaths): SplitFields {
  const paths = patterns.flatMap((pattern) => findPaths(fields, pattern));
  return {
    readable: withoutPaths(fields, patterns),
    secrets: new Map(paths.map((path) => [renderPath(path), valueAt(fields, path)])),
  };
}

/** Of secrets that Auth0 returns: which differ. Values are never part of it. */
export function compareSecrets({ secrets }: SplitFields, live: SplitFields): readonly FieldChange[] {
  return [...secrets]
    .filter(([path, value]) => !isDeepStrictEqual(value, live.secrets.get(path)))
    .map(([path]) => {
      const isThere = live.secrets.has(path);
      return {
        path,
        before: isThere ? "a value" : undefined,
        after: isThere ? "a value of tenant.yaml" : "a value",
        isWriteOnly: true,
      };
    });
}

/** Beside a secret, these say of what sort it is. */
const SORTS: ReadonlySet<string> = new Set(["type", "credential_type", "alg"]);

/** The texts in a secret, which may be a mapping. */
export function listTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (SORTS.has(key) ? [] : listTexts(member)));
}
