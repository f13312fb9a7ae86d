import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import { assemble, mergeValues } from "../../tenant/overlay/merge-values.ts";
import { valueAt } from "../../tenant/paths.ts";
import { type Entry, labelOf, pathIn, toDocument } from "../entry.ts";
import type { Desire } from "./compare-with-tenant.ts";
import { findDifference } from "./find-difference.ts";
import { type BaseEntry, type Difference, describeDifference } from "./overlay-entry.ts";
import { takeKeywords } from "./secrets.ts";

export interface SettleOptions {
  readonly base: readonly BaseEntry[];
  /** By their names: of what the tenant has, as tenant.yaml would have it, with keywords in the place of secrets. */
  readonly wanted: ReadonlyMap<string, Entry>;
  readonly live: LiveTenant;
  /** Whether the tenant has an entry of this name, and it was read. */
  readonly isComparable: (entry: Entry) => boolean;
  /** Members of an entry that differ, whatever a plan says. */
  readonly listDiffering: (entry: BaseEntry) => readonly string[];
  readonly desire: Desire;
}

export interface Settled {
  /** What differs, by the entries' names. */
  readonly differences: ReadonlyMap<string, Difference | "left out">;
  /** Names of entries that the tenant alone has and that cannot stand beside the others. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Finds an overlay with which a plan has nothing to do. Each round plans what the last one would give, and says more of every entry
 * that a plan would still change; in the end that entry is left out.
 */
export function settle(options: SettleOptions): Settled {
  const { base, wanted, isComparable, live, desire } = options;
  const differences = new Map<string, Difference | "left out">(base.flatMap((entry) => begin(entry, options)));
  const refused = new Set<string>();
  const known = new Set(base.map(labelOf));
  for (;;) {
    const kept = base.filter((entry) => differences.get(labelOf(entry)) !== "left out");
    const added = [...wanted].filter(([label]) => !known.has(label) && !refused.has(label)).map(([, entry]) => entry);
    const merged = [
      ...kept.map((entry) => mergeEntry(entry, wanted, differences)),
      ...added.map((entry) => ({ ...entry, value: takeKeywords(entry, entry.value).value })),
    ];
    const desired = desire(merged, (entry) => !known.has(labelOf(entry)) || saysCode(differences.get(labelOf(entry))));
    const found = merged.filter(isComparable).flatMap((entry) => {
      const members = findDifference(entry, desired, live);
      return members === undefined ? [] : [{ label: labelOf(entry), members }];
    });
    if (found.length === 0) return { differences, refused };
    for (const { label, members } of found) {
      if (known.has(label)) differences.set(label, widen(differences.get(label), members, wanted.has(label)));
      else refused.add(label);
    }
  }
}

function begin(
  entry: BaseEntry,
  { wanted, isComparable, live, listDiffering }: SettleOptions,
): readonly (readonly [string, Difference | "left out"])[] {
  if (!isComparable(entry)) return [];
  const label = labelOf(entry);
  if (!live[entry.kind.type].some(({ name }) => name === entry.name)) return [[label, "left out"]];
  const members = new Set(listDiffering(entry));
  return members.size === 0 ? [] : [[label, widen(undefined, members, wanted.has(label))]];
}

/** The next thing to say of an entry. */
function widen(
  before: Difference | "left out" | undefined,
  found: Difference["members"],
  isWanted: boolean,
): Difference | "left out" {
  if (!isWanted || before === "left out") return "left out";
  if (before === undefined) return { members: found, thoroughness: "members" };
  const { members, thoroughness } = before;
  if (members !== "every" && found !== "every" && [...found].some((name) => !members.has(name))) {
    return { members: new Set([...members, ...found]), thoroughness };
  }
  if (thoroughness === "members" && found !== "every") return { members, thoroughness: "all" };
  return members === "every" && thoroughness === "all" ? "left out" : { members: "every", thoroughness: "all" };
}

function mergeEntry(
  base: BaseEntry,
  wanted: ReadonlyMap<string, Entry>,
  differences: ReadonlyMap<string, Difference | "left out">,
): Entry {
  const difference = differences.get(labelOf(base));
  if (difference === undefined || difference === "left out") return base;
  // Both sides as they are filled: names of entries within it are the same then.
  const said = describeDifference({ ...base, written: base.value }, wanted.get(labelOf(base))?.value, difference);
  const [before, overlay] = [base.value, takeKeywords(base, said).value].map((value) => toDocument({ ...base, value }));
  return { ...base, value: valueAt(assemble(mergeValues(before, overlay), before, overlay), pathIn(base, [])) };
}

const saysCode = (difference: Difference | "left out" | undefined): boolean =>
  typeof difference === "object" && (difference.members === "every" || difference.members.has("code"));
