import { NEEDS_PERSON, OUTCOMES, type OutcomeKind, type Tally } from "./outcome.ts";
import type { Attention } from "./progress-journal.ts";

export interface Report {
  readonly domain: string;
  readonly isApplied: boolean;
  readonly users: number;
  readonly tally: Tally;
  /** Could not be settled this time. */
  readonly left: number;
  /** The first of those who need a person. */
  readonly attention: readonly Attention[];
  /** Has all of them. */
  readonly file: string;
}

const LABELS: Readonly<Record<OutcomeKind, readonly [string, string]>> = {
  "linked before": ["have a customer", "have a customer"],
  created: ["would get a customer", "got a new customer"],
  found: ["would be linked to their customer", "linked to the customer that was theirs"],
  adopted: ["would take over a customer", "took over a customer"],
  "no email": ["no email", "no email"],
  "email not verified": ["email not verified", "email not verified"],
  blocked: ["blocked", "blocked"],
  "not theirs": ["somebody else's customer, or several", "somebody else's customer, or several"],
  deleted: ["deleted since", "deleted since"],
};

export function renderReport({ domain, isApplied, users, tally, left, attention, file }: Report): string {
  const rows = OUTCOMES.flatMap((kind) =>
    tally[kind] > 0 ? [[tally[kind], LABELS[kind][isApplied ? 1 : 0]] as const] : [],
  );
  if (left > 0) rows.push([left, "not settled: run it again"]);
  const width = String(Math.max(0, ...rows.map(([count]) => count))).length;
  const needing = NEEDS_PERSON.reduce((sum, kind) => sum + tally[kind], 0);
  return [
    `${users} ${users === 1 ? "user" : "users"} of ${domain}:`,
    ...rows.map(([count, label]) => `  ${String(count).padStart(width)}  ${label}`),
    ...(needing > 0
      ? ["", `${needing} ${needing === 1 ? "needs" : "need"} a person:`, ...attention.map(renderAttention)]
      : []),
    ...(needing > attention.length ? [`  and ${needing - attention.length} more, in ${file}`] : []),
    ...(isApplied ? [] : ["", "Nothing was written. To do it: npm run backfill -- --apply"]),
  ].join("\n");
}

const renderAttention = ({ user, kind, why }: Attention): string => `  ${user}  ${why ?? kind}`;

export const renderReportJson = (report: Report): string => JSON.stringify(report);
