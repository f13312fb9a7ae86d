import type { Fault } from "../../stripe/faults.ts";

/** Until it is switched off. */
const ALWAYS = 1_000_000;

/** What may be the matter with Stripe, and how a request feels it. */
export const FAULTS = {
  down: {
    label: "down",
    effect: "answers 500 at once, whatever it is asked",
    fault: { kind: "500-unstored", times: ALWAYS },
  },
  slow: {
    label: "slow",
    effect: "takes three seconds longer, whatever it is asked",
    fault: { kind: "delay", ms: 3_000, times: ALWAYS },
  },
  lost: {
    label: "answers get lost",
    effect: "does what it is asked and breaks the connection",
    fault: { kind: "reset-after", times: ALWAYS },
  },
} as const satisfies Record<string, { readonly label: string; readonly effect: string; readonly fault: Fault }>;

export type FaultName = keyof typeof FAULTS;

const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

/** Which of them is switched on; those that somebody asked for otherwise are none of them. */
export function findFault(pending: readonly Fault[]): FaultName | undefined {
  return Object.keys(FAULTS)
    .filter(isFaultName)
    .find((name) =>
      pending.some(
        ({ kind, method, path }) => kind === FAULTS[name].fault.kind && method === undefined && path === undefined,
      ),
    );
}
