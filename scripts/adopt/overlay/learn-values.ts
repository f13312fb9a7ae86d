import { isDeepStrictEqual } from "node:util";
import { readKeywordValues, toText } from "../../tenant/keyword-values.ts";
import { valueAt } from "../../tenant/paths.ts";
import type { Environment } from "../../tenant/read-environment.ts";
import type { TenantFile } from "../../tenant/read-tenant.ts";
import type { Path } from "../../tenant/shape.ts";
import type { TextWithMarkers } from "../../tenant/source.ts";
import { type Entry, labelOf } from "../entry.ts";
import type { BaseEntry } from "./overlay-entry.ts";

interface LearnOptions {
  readonly file: TenantFile;
  readonly base: readonly BaseEntry[];
  /** As settle has it. */
  readonly wanted: ReadonlyMap<string, Entry>;
  readonly environment: Environment;
  /** What the environment's own file gives values. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/**
 * Values that `##NAME##` has in the tenant, by what stands there in the place of each text with this one keyword, where that is the same
 * in all its places. What the environment's own file says already, stays.
 */
export function learnValues({ file, base, wanted, environment, own }: LearnOptions): ReadonlyMap<string, string> {
  const find = readKeywordValues(environment);
  const seen = new Map<string, Set<string>>();
  for (const { parts, path } of file.source.texts) {
    const found = matchParts(parts, findLive(path, base, wanted));
    if (found !== undefined) seen.set(found.name, (seen.get(found.name) ?? new Set()).add(found.value));
  }
  return new Map(
    [...seen].flatMap(([name, values]) => {
      const [value] = values;
      const isNew = value !== undefined && values.size === 1 && !own[name] && toText(find(name)) !== value;
      return isNew && canBeWritten(value) ? [[name, value] as const] : [];
    }),
  );
}

/** What the one keyword of a text stands for; undefined where the tenant has something that the rest of the text is not in. */
function matchParts(
  parts: TextWithMarkers["parts"],
  live: unknown,
): { readonly name: string; readonly value: string } | undefined {
  const [marker, ...others] = parts.filter((part) => typeof part !== "string");
  if (marker === undefined || others.length > 0 || !marker.marker.startsWith("##") || !isScalar(live)) return undefined;
  const index = parts.indexOf(marker);
  const [before, after] = [parts.slice(0, index).join(""), parts.slice(index + 1).join("")];
  const text = String(live);
  const isAround = text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return isAround ? { name: marker.name, value: text.slice(before.length, text.length - after.length) } : undefined;
}

function findLive(path: Path, base: readonly BaseEntry[], wanted: ReadonlyMap<string, Entry>): unknown {
  const entry = base.find((one) => isDeepStrictEqual(path.slice(0, one.path.length), one.path));
  return entry === undefined ? undefined : valueAt(wanted.get(labelOf(entry))?.value, path.slice(entry.path.length));
}

const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);

/** In quotes a file of variables takes everything on one line but quotes. */
const canBeWritten = (text: string): boolean => text !== "" && !/["\n\r\\`$]/.test(text);
