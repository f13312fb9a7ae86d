import { findPaths } from "../../tenant/find-paths.ts";
import { valueAt, without } from "../../tenant/paths.ts";
import { isMapping, type Path, renderPath } from "../../tenant/shape.ts";
import { cutAt, listLeaves } from "../cut.ts";
import type { Entry } from "../entry.ts";

export interface WithoutSecrets {
  readonly value: unknown;
  /** Where secrets are at Auth0. */
  readonly secrets: readonly Path[];
}

/**
 * The kinds' own lists name what Auth0 does not return. An option of somebody's own connection may be a secret as well, and a
 * provider's password belongs into no file, whatever Auth0 says of it.
 */
const SOUNDS_SECRET = /(?:secret|password|passwd|private_?key|api_?key|access_?token|auth_?token|refresh_?token)$/i;

/** An entry without its secrets, and without the lists that they are in; of an Action their names stay. */
export function takeSecrets({ kind, value }: Pick<Entry, "kind" | "value">): WithoutSecrets {
  const known = (kind.secrets ?? []).flatMap((pattern) => [
    ...findPaths(value, pattern),
    ...findUnsaid(kind, value, pattern),
  ]);
  const sounding = listLeaves(value).flatMap(({ path }) => (SOUNDS_SECRET.test(String(path.at(-1))) ? [path] : []));
  const secrets = distinct([...known, ...sounding]).filter((path) => isText(valueAt(value, path)));
  const cut = kind.type === "action" ? without : cutAt;
  return {
    value: secrets.reduceRight(
      (rest, path) => (isThere(value, path) ? cut(rest, path) : cutAt(rest, path.slice(0, -1))),
      value,
    ),
    secrets: secrets.filter((path) => isThere(value, path)),
  };
}

/**
 * What an export does not even name. Of a list it has names without values, `{ name: KEY }` where the pattern is `secrets.*.value`;
 * and where all that is behind one word is secret (a vault's `setup`), nothing.
 */
function findUnsaid({ isHandedOver }: Entry["kind"], value: unknown, pattern: string): readonly Path[] {
  if (isHandedOver && /^\w+$/.test(pattern) && isMapping(value) && value[pattern] === undefined) return [[pattern]];
  const place = /^(.*\.\*)\.value$/.exec(pattern)?.[1];
  if (place === undefined) return [];
  return findPaths(value, place).flatMap((path) => {
    const entry = valueAt(value, path);
    return isMapping(entry) && entry.value === undefined ? [[...path, "value"]] : [];
  });
}

/** A flag or a number says how something is written; `undefined` that a value is there and not shown. */
const isText = (value: unknown): boolean => typeof value !== "boolean" && typeof value !== "number" && value !== null;

function distinct(paths: readonly Path[]): readonly Path[] {
  const byText = new Map(paths.map((path) => [renderPath(path), path] as const));
  return [...byText.values()].filter(
    (path) => !paths.some((other) => other.length < path.length && other.every((key, index) => key === path[index])),
  );
}

/** An export has a placeholder for the secret of every captcha that there is: without its site key none of it is set. */
function isThere(value: unknown, path: Path): boolean {
  const beside = valueAt(value, path.slice(0, -1));
  return !isMapping(beside) || beside.site_key !== "";
}
