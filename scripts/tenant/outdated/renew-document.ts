import { replaceAt, valueAt, without } from "../paths.ts";
import { renderPath } from "../shape.ts";
import type { TenantSource } from "../source.ts";
import { findOutdated, type Outdated } from "./find-outdated.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A document as it would be written today: exports of former years hold more than Auth0 takes. */
export function renewDocument(document: Fields): { readonly document: Fields; readonly outdated: readonly Outdated[] } {
  const outdated = findOutdated(document);
  return { document: outdated.reduce(renew, document), outdated };
}

function renew(document: Fields, { path, renamed }: Outdated): Fields {
  if (renamed === undefined) return without(document, path) as Fields;
  const owner = path.slice(0, -1);
  const { [String(path.at(-1))]: value, ...rest } = valueAt(document, owner) as Fields;
  return replaceAt(document, owner, { ...rest, [renamed]: value }) as Fields;
}

/** The same field of several entries is one line: an export has it in all of them. */
export function describeOutdated(found: readonly Outdated[], locate: TenantSource["locate"]): readonly string[] {
  const rows = new Map<string, { readonly first: Outdated; readonly more: number }>();
  for (const one of found) {
    if (one.remark === undefined) continue;
    const key = `${renderPath(one.path.filter((part) => typeof part !== "number"))} ${one.remark}`;
    const row = rows.get(key);
    rows.set(key, row === undefined ? { first: one, more: 0 } : { ...row, more: row.more + 1 });
  }
  return [...rows.values()].map(({ first: { path, remark }, more }) => {
    const others = more === 0 ? "" : ` (and ${more} more)`;
    return `${locate(path, "key")} ${renderPath(path)} ${remark}${others}`;
  });
}
