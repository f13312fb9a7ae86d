import type { TenantDocument } from "../tenant/document.ts";
import { isMapping } from "../tenant/shape.ts";
import { type AdoptContext, type AdoptedEntry, adoptEntry } from "./adopt-entry.ts";
import { type Entry, labelOf, listEntries } from "./entry.ts";
import { findReason } from "./leave-out.ts";
import { createEmptyTenant } from "./read/source.ts";
import type { Note } from "./report.ts";

export interface AdoptedEntries {
  readonly adopted: readonly AdoptedEntry[];
  /** Names of entries that tenant.yaml has already. */
  readonly present: readonly string[];
  readonly leftOut: readonly Note[];
}

export interface Project {
  /** As far as keywords have values: with what the environment's own file changes, which may add entries and leave others out. */
  readonly present: TenantDocument;
  /** Names of entries that are not to be adopted. */
  readonly known: ReadonlySet<string>;
  /** Sections to which no lines can be added. */
  readonly closed: ReadonlySet<string>;
  /** Actions that the build refuses, by their names, and why. */
  readonly unbuildable: ReadonlyMap<string, string>;
}

/** What is adopted of a source, one entry after the other: a flow binds the Actions that are. */
export async function adoptEntries(
  context: AdoptContext,
  { present, known, closed, unbuildable }: Project,
): Promise<AdoptedEntries> {
  const { source, environment } = context;
  const all = listEntries(source.sections, source.live ?? createEmptyTenant(source.name));
  const rules = { source, present, all, unbuildable, deployingClient: environment.AUTH0_CLIENT_ID };
  const adopted: AdoptedEntry[] = [];
  const leftOut: Note[] = [];
  const isOurs = (action: string): boolean =>
    known.has(`action ${action}`) || adopted.some(({ entry }) => labelOf(entry) === `action ${action}`);
  for (const entry of all) {
    const label = labelOf(entry);
    if (known.has(label)) continue;
    const ours = bindOurs(entry, isOurs);
    const reason = closed.has(entry.kind.section) ? describeClosed(entry.kind.section) : findReason(ours, rules);
    const result = reason === undefined ? await adoptEntry(ours, context) : { entry: label, reason };
    if ("lines" in result) adopted.push(result);
    else leftOut.push(result);
  }
  return { adopted, present: all.map(labelOf).filter((label) => known.has(label)), leftOut };
}

const describeClosed = (section: string): string =>
  `tenant.yaml has ${section} in brackets, as an alias or as a keyword: write them in lines, then adopt again`;

/** Actions that tenant.yaml does not have keep their places in a flow without being named. */
function bindOurs(entry: Entry, isOurs: (action: string) => boolean): Entry {
  if (entry.kind.section !== "triggers" || !Array.isArray(entry.value)) return entry;
  return {
    ...entry,
    value: entry.value.filter((binding) => isMapping(binding) && isOurs(String(binding.action_name))),
  };
}
