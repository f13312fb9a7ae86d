import type { DeadLetter } from "../../gateways/metering/dead-letters.ts";
import { type MachineTime, measureAge } from "../../gateways/metering/machine-time.ts";
import type { MeterEvent } from "../../gateways/metering/meter-event.ts";
import type { Resent } from "../../gateways/metering/resent.ts";
import { RECOGNISED_FOR, TAKEN_FOR } from "../../gateways/metering/send-batch.ts";

/** What is to be done with a dead letter. */
export interface ResendStep {
  readonly event: MeterEvent;
  /** Sent before from here; another idempotency key is taken for each. */
  readonly attempts: number;
  /** Whether no attempt from here is under way that may have been taken: Stripe would still recognise it. */
  readonly isFirst: boolean;
  readonly action: "send" | "refuse";
  readonly why: string;
}

export interface ResendContext {
  readonly resent: ReadonlyMap<string, Resent>;
  /** What the meter holds for the customer in the event's minute; only of events that `mayHaveCounted`. */
  readonly summaries: ReadonlyMap<string, Summary>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly machine: MachineTime;
}

export type Summary =
  | { readonly kind: "sum"; readonly units: number }
  /** Why it cannot be told. */
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Whether Stripe may have taken the event and would not recognise it any more: then the meter has to be looked at. One that was
 * refused has not been taken, but for an attempt before that whose answer was lost, which Stripe recognises for a day.
 */
export function mayHaveCounted(
  { event, reason }: DeadLetter,
  { resent, now, machine }: Omit<ResendContext, "summaries">,
): boolean {
  const last = resent.get(event.identifier)?.last;
  if (last?.kind === "settled" || isTooOld(event, now)) return false;
  if (last?.kind === "attempted") return measureAge(last, now, machine) > RECOGNISED_FOR;
  if (reason === "refused_later") return false;
  // No attempt was made before the last request in it.
  return reason !== "rejected" || measureAge({ at: event.timestamp * 1000 }, now, machine) > RECOGNISED_FOR;
}

/** Pure. Those that were billed since are left out. */
export function planResend(letters: readonly DeadLetter[], context: ResendContext): readonly ResendStep[] {
  const { resent } = context;
  return letters
    .filter(({ event }) => resent.get(event.identifier)?.last.kind !== "settled")
    .map((letter) => {
      const { event } = letter;
      const { last, attempts = 0 } = resent.get(event.identifier) ?? {};
      const isFirst = last?.kind !== "attempted" || mayHaveCounted(letter, context);
      return { event, attempts, isFirst, ...decide(letter, context) };
    });
}

function decide(letter: DeadLetter, context: ResendContext): Pick<ResendStep, "action" | "why"> {
  const { event, reason, detail } = letter;
  if (isTooOld(event, context.now))
    return { action: "refuse", why: "older than the 35 days for which Stripe takes usage" };
  if (!mayHaveCounted(letter, context)) {
    const was =
      reason === "rejected" || reason === "refused_later"
        ? `refused before (${detail ?? "no reason given"})`
        : "not taken before";
    return { action: "send", why: was };
  }
  const summary = context.summaries.get(event.identifier);
  if (summary?.kind !== "sum")
    return { action: "refuse", why: `may have counted; ${summary?.why ?? "nobody has looked"}` };
  const { units } = summary;
  // If it had been taken, there would be at least as much.
  if (units < event.value) return { action: "send", why: `has not counted: the meter has ${units} in its minute` };
  return {
    action: "refuse",
    why: `may have counted: the meter has ${units} in its minute, and it is one of ${event.value}`,
  };
}

const isTooOld = ({ timestamp }: MeterEvent, now: number): boolean => now - timestamp * 1000 > TAKEN_FOR;
