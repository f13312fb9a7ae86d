import { isDeepStrictEqual } from "node:util";
import { isMapping } from "../../tenant/shape.ts";
import type { Fields } from "../kinds/live-record.ts";
import type { FieldChange } from "./compare-fields.ts";

/** Where the fields of a kind hold secrets: `options.configuration`, with all in it. A `*` stands for any part of one name. */
export type SecretPaths = readonly string[];

export interface SplitFields {
  /** Without secrets. */
  readonly readable: Fields;
  /** By path. */
  readonly secrets: ReadonlyMap<string, unknown>;
}

export function splitSecrets(fields: Fields, paths: SecretPaths): SplitFields {
  const secrets = new Map<string, unknown>();
  const patterns = paths.map(toPattern);
  const strip = (record: Fields, prefix: string): Fields =>
    Object.fromEntries(
      Object.entries(record).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
        const path = `${prefix}${name}`;
        if (patterns.some((pattern) => pattern.test(path))) {
          secrets.set(path, value);
          return [];
        }
        return [[name, isMapping(value) ? strip(value, `${path}.`) : value]];
      }),
    );
  return { readable: strip(fields, ""), secrets };
}

/**
 * What Auth0 never returns differs at every deploy, and nobody can say whether it was put back; what it does return is compared.
 * Values are never part of it.
 */
export function compareSecrets({ secrets }: SplitFields, live: SplitFields): readonly FieldChange[] {
  return [...secrets]
    .filter(([path, value]) => !isDeepStrictEqual(value, live.secrets.get(path)))
    .map(([path]) => {
      const isThere = live.secrets.has(path);
      return {
        path,
        before: isThere ? "a value" : undefined,
        after: isThere ? "a value of tenant.yaml" : "a value, at every deploy: Auth0 never returns it",
        isWriteOnly: true,
      };
    });
}

function toPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.[\]$]/g, "\\$&").replaceAll("*", "[^.]*");
  return new RegExp(`^${escaped}$`, "i");
}

/** The texts in a secret, which may be a mapping. */
export function listTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  // Beside a secret, `type` says of what sort it is.
  return Object.entries(value).flatMap(([key, member]) => (key === "type" ? [] : listTexts(member)));
}
