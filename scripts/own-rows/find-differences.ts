import type { Outline } from "../../local/console/runs/outline-run.ts";
import { isMapping } from "../tenant/shape.ts";
import type { OwnRow } from "./own-row.ts";

/** In a text of a row: whatever stands there. */
export const WHATEVER = "…";

/** These are texts as they stand; all others are JSON. */
const TEXTS: ReadonlySet<string> = new Set(["ends", "scopes"]);

export const readOutline = (outline: Outline): OwnRow["result"] =>
  Object.fromEntries([...outline].map(([name, value]) => [name, TEXTS.has(name) ? value : JSON.parse(value)]));

/** Pure. What a login came to otherwise than its row says, a sentence each. */
export function findDifferences(found: OwnRow["result"], wanted: OwnRow["result"]): readonly string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  return names
    .filter((name) => !(name in found && name in wanted && isLike(found[name], wanted[name])))
    .map((name) => `${name}: ${render(found, name)} instead of ${render(wanted, name)}`);
}

function render(side: OwnRow["result"], name: string): string {
  if (!(name in side)) return "nothing";
  const value = side[name];
  return TEXTS.has(name) ? String(value) : JSON.stringify(value);
}

function isLike(found: unknown, wanted: unknown): boolean {
  if (wanted === WHATEVER) return true;
  if (typeof wanted === "string") return typeof found === "string" && isLikeText(found, wanted);
  if (Array.isArray(wanted))
    return Array.isArray(found) && found.length === wanted.length && wanted.every((one, at) => isLike(found[at], one));
  if (!isMapping(wanted)) return found === wanted;
  if (!isMapping(found)) return false;
  const names = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  return [...names].every((name) => name in found && name in wanted && isLike(found[name], wanted[name]));
}

/** Each part in its order, without a pattern: what stands between may be anything. */
function isLikeText(found: string, wanted: string): boolean {
  const [first = "", ...rest] = wanted.split(WHATEVER);
  const last = rest.pop();
  if (last === undefined) return found === wanted;
  if (!found.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = found.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return found.length - last.length >= from && found.endsWith(last);
}
