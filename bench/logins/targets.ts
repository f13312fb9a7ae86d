import { renderTable } from "../../scripts/terminal/table.ts";
import type { Contender } from "./contenders.ts";
import type { TokenCost } from "./measure-tokens.ts";
import { median } from "./median.ts";

/** By round. */
export interface Result {
  readonly contender: Contender;
  readonly tokens: TokenCost[];
  readonly logins: number[];
}

export interface Measured {
  /** Milliseconds, the quickest first. */
  readonly starts: readonly number[];
  readonly bare: readonly TokenCost[];
  /** Of this tenant first. */
  readonly results: readonly Result[];
  /** The contenders that are tenants of other checkouts. */
  readonly formers: readonly Contender[];
  /** To Stripe, in all logins. */
  readonly requests: number;
  /** Microseconds of processor time. */
  readonly actions: number;
  /** Milliseconds. */
  readonly inRuntime: number;
  readonly names: readonly string[];
}

interface Target {
  readonly what: string;
  readonly found: string;
  readonly target: string;
  readonly isMet: boolean;
}

export function listTargets(measured: Measured): readonly Target[] {
  const { starts, bare, results, requests, actions, inRuntime, names } = measured;
  const [start = Number.POSITIVE_INFINITY] = starts;
  const tokens = ratioOf(results[0], bare);
  return [
    {
      what: `start-up of npm run local, best of ${starts.length}`,
      found: `${seconds(start)} (median ${seconds(median(starts))})`,
      target: "≤ 0.25 s",
      isMet: start <= 250,
    },
    {
      what: "tokens by client credentials, of bare signing",
      found: percent(tokens),
      target: "≥ 115 %",
      isMet: tokens >= 1.15,
    },
    ...listLoginTargets(measured),
    {
      what: `processor time of the ${names.length} Actions, returning user`,
      found: `${(actions / 1000).toFixed(3)} ms`,
      target: "≤ 0.2 ms",
      isMet: actions <= 200,
    },
    {
      what: "the same on the clock, in the runtime",
      found: `${inRuntime.toFixed(2)} ms`,
      target: "≤ 0.1 ms",
      isMet: inRuntime <= 0.1,
    },
    { what: "requests to Stripe in all logins", found: String(requests), target: "0", isMet: requests === 0 },
  ];
}

function listLoginTargets({ results: [own, ...others], formers }: Measured): readonly Target[] {
  return others
    .filter(({ logins }) => logins.length > 0)
    .map((other) => {
      const least = formers.includes(other.contender) ? 1.5 : 4.5;
      const ratio = loginsFor(own, other);
      const what = `logins for one of ${other.contender.name}`;
      return { what, found: ratio.toFixed(1), target: `≥ ${least}`, isMet: ratio >= least };
    });
}

/** Tokens a second of one process for each signature a second of one thread in the tenant's own process. */
export function ratioOf(result: Result | undefined, bare: readonly TokenCost[]): number {
  return median(
    (result?.tokens ?? []).map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? Number.NaN)),
  );
}

/** Logins a second for one of the other's, within a round. */
function loginsFor(result: Result | undefined, other: Result): number {
  return median((result?.logins ?? []).map((perSecond, round) => perSecond / (other.logins[round] ?? Number.NaN)));
}

/** @returns whether all are met */
export function reportTargets(targets: readonly Target[]): boolean {
  const rows = targets.map(({ what, found, target, isMet }) => [isMet ? "✓" : "✗", what, found, target]);
  console.log(`\n${renderTable(["", "", "measured", "target"], rows)}`);
  return targets.every(({ isMet }) => isMet);
}

const seconds = (milliseconds: number | undefined): string => `${((milliseconds ?? Number.NaN) / 1000).toFixed(2)} s`;
export const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
