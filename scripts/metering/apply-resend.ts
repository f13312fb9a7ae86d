import type { MachineTime } from "../../gateways/metering/machine-time.ts";
import type { SendMeterEvent } from "../../gateways/metering/meter-event.ts";
import type { ResentLog } from "../../gateways/metering/resent.ts";
import type { ResendStep } from "./plan-resend.ts";

export interface ApplyResendOptions {
  readonly log: ResentLog;
  /** Sends with an idempotency key that no attempt before has had. */
  readonly sendFor: (step: ResendStep) => SendMeterEvent;
  readonly clock: () => number;
  readonly machine: MachineTime;
}

export interface ResendOutcome {
  readonly step: ResendStep;
  /** `refused`: not even tried. `open`: Stripe did not take it, or did not say. */
  readonly result: "billed" | "refused" | "open";
  readonly why: string;
}

/**
 * One after the other, for Stripe takes one call at a time for a customer and meter. What is about to be sent is written down
 * first, so that a crash leaves nothing that could be sent twice. While Stripe does not take anything, the rest is not tried.
 */
export async function applyResend(
  steps: readonly ResendStep[],
  { log, sendFor, clock, machine }: ApplyResendOptions,
): Promise<readonly ResendOutcome[]> {
  const outcomes: ResendOutcome[] = [];
  let stopped: string | undefined;
  for (const step of steps) {
    const { event, action, why, isFirst } = step;
    if (action === "refuse" || stopped !== undefined) {
      outcomes.push({ step, result: action === "refuse" ? "refused" : "open", why: stopped ?? why });
      continue;
    }
    // Of several attempts the first counts: that is the one which may have been taken.
    if (isFirst)
      await log.note(event.identifier, {
        kind: "attempted",
        at: clock(),
        boot: machine.boot,
        uptime: machine.uptime(),
      });
    const result = await sendFor(step)(event);
    if (result.kind === "accepted") {
      await log.note(event.identifier, { kind: "settled" });
      outcomes.push({ step, result: "billed", why });
      continue;
    }
    if (result.kind !== "unknown" && isFirst) await log.note(event.identifier, { kind: "untouched" });
    if (result.kind !== "rejected") stopped = result.reason;
    outcomes.push({ step, result: "open", why: result.reason });
  }
  return outcomes;
}
