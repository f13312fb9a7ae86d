import { renderPath } from "../../tenant/shape.ts";
import type { AdoptedEntry } from "../adopt-entry.ts";
import { type Entry, labelOf } from "../entry.ts";
import type { Adoption, MissingSecret, Note } from "../report.ts";
import { type BaseEntry, describeDifference, leaveOut } from "./overlay-entry.ts";
import { listSecretsLeftOut, takeKeywords, type WithoutKeywords } from "./secrets.ts";
import type { Settled } from "./settle.ts";

interface Sides {
  readonly base: readonly BaseEntry[];
  readonly adopted: readonly AdoptedEntry[];
  /** As settle has it. */
  readonly wanted: ReadonlyMap<string, Entry>;
  /** What cannot be adopted. */
  readonly leftOut: readonly Note[];
}

/** What is written into an overlay. */
export interface Described {
  /** Entries of tenant.yaml with what the overlay says of them; `missing` has keywords in the place of secrets as well. */
  readonly changed: readonly { readonly entry: Entry; readonly missing: unknown }[];
  readonly leftOut: readonly Entry[];
  readonly added: readonly AdoptedEntry[];
  /** Whose variables the environment's file gets. */
  readonly secrets: readonly MissingSecret[];
  readonly report: Pick<Adoption, "adopted" | "present" | "overlay" | "leftOut" | "omitted" | "secrets">;
}

const STILL_CHANGED = "a plan would change it, whatever stands beside the other entries";

export function describeSettled(
  { differences, refused }: Settled,
  { base, adopted, wanted, leftOut }: Sides,
): Described {
  const known = new Set(base.map(labelOf));
  const of = (one: AdoptedEntry): string => labelOf(one.entry);
  const changed = base.flatMap((entry) => {
    const difference = differences.get(labelOf(entry));
    if (difference === undefined || difference === "left out") return [];
    const said = describeDifference(entry, wanted.get(labelOf(entry))?.value, difference);
    const { value, secrets } = takeKeywords(entry, said);
    return [
      {
        entry: { ...entry, value },
        missing: said,
        secrets: [...listOwn(entry, secrets), ...listSecretsLeftOut(entry, value)],
      },
    ];
  });
  const gone = base.filter((entry) => differences.get(labelOf(entry)) === "left out");
  const added = adopted.filter((one) => !known.has(of(one)) && !refused.has(of(one)));
  const names = changed.map(({ entry }) => labelOf(entry));
  const written = adopted.filter((one) => added.includes(one) || names.includes(of(one)));
  const secrets = [...changed.flatMap((one) => one.secrets), ...added.flatMap((one) => one.secrets)];
  const goneNames = gone.map(labelOf);
  return {
    changed,
    leftOut: gone.map((entry) => ({ ...entry, value: leaveOut(entry) })),
    added,
    secrets,
    report: {
      adopted: added.map(of),
      present: base.map(labelOf).filter((label) => !differences.has(label)),
      overlay: { changed: names, leftOut: goneNames },
      leftOut: [
        ...leftOut.filter(({ entry }) => !known.has(entry) || goneNames.includes(entry)),
        ...[...refused].map((entry) => ({ entry, reason: STILL_CHANGED })),
      ],
      omitted: written.flatMap(({ omitted }) => omitted),
      secrets,
    },
  };
}

const listOwn = (entry: Entry, secrets: WithoutKeywords["secrets"]): readonly MissingSecret[] =>
  secrets.map(({ path, variable }) => ({ entry: labelOf(entry), path: renderPath(path), variable }));
