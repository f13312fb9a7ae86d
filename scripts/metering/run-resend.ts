import { createSendMeterEvent } from "../../gateways/billing/stripe-meter-events.ts";
import { readDeadLetters } from "../../gateways/metering/dead-letters.ts";
import { MeteringLocked } from "../../gateways/metering/errors.ts";
import type { MeteringFiles } from "../../gateways/metering/files.ts";
import { type Lock, takeLock } from "../../gateways/metering/lock.ts";
import { readMachineTime } from "../../gateways/metering/machine-time.ts";
import { openResentLog, readResent } from "../../gateways/metering/resent.ts";
import { CommandError, EXIT } from "../command.ts";
import { openGatewayStripe } from "../stripe/open-stripe.ts";
import type { Environment } from "../tenant/read-environment.ts";
import { confirmOnTerminal } from "../terminal/confirm.ts";
import { applyResend } from "./apply-resend.ts";
import { mayHaveCounted, planResend } from "./plan-resend.ts";
import { readSummaries } from "./read-summaries.ts";
import { renderOutcomes, renderPlan } from "./render-resend.ts";

export interface RunResendOptions {
  readonly files: MeteringFiles;
  readonly environment: Environment;
  readonly yes: boolean;
  readonly json: boolean;
  readonly print: (text: string) => void;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/**
 * Sends dead letters again, each of them so that it counts once at most. It may run beside the process that counts, which writes
 * none of what is written here; beside another one like itself it does not.
 *
 * @returns the exit code
 * @throws {CommandError} METERING_RESEND_RUNNING, STRIPE_KEY_MISSING, STRIPE_ADDRESS_UNUSABLE, CONFIRMATION_NEEDED
 */
export async function runResend({
  files,
  environment,
  yes,
  json,
  print,
  clock = Date.now,
}: RunResendOptions): Promise<number> {
  const lock = takeResentLock(files);
  try {
    const machine = readMachineTime();
    const letters = readDeadLetters(files);
    const known = { resent: readResent(files), now: clock(), machine };
    if (planResend(letters, { ...known, summaries: new Map() }).length === 0) {
      print(json ? "[]" : renderPlan([]));
      return EXIT.success;
    }
    const doubtful = letters.filter((letter) => mayHaveCounted(letter, known)).map(({ event }) => event);
    const stripe = await openGatewayStripe(environment);
    const steps = planResend(letters, { ...known, summaries: await readSummaries(stripe, doubtful) });
    if (!json) print(renderPlan(steps));
    const due = steps.filter(({ action }) => action === "send").length;
    if (due > 0 && !yes && !(await confirmOnTerminal(`Send ${due} of them again?`))) return EXIT.failure;
    const log = openResentLog(files);
    try {
      const outcomes = await applyResend(steps, {
        log,
        clock,
        machine,
        sendFor: ({ attempts }) => createSendMeterEvent(stripe, ({ identifier }) => `${identifier}:resend-${attempts}`),
      });
      print(json ? JSON.stringify(outcomes.map(toPlain)) : renderOutcomes(outcomes));
      return outcomes.every(({ result }) => result === "billed") ? EXIT.success : EXIT.failure;
    } finally {
      await log.close();
    }
  } finally {
    lock.release();
  }
}

const toPlain = ({ step: { event }, result, why }: Awaited<ReturnType<typeof applyResend>>[number]) => ({
  ...event,
  result,
  why,
});

function takeResentLock(files: MeteringFiles): Lock {
  try {
    return takeLock(files.resentLock);
  } catch (cause) {
    if (!(cause instanceof MeteringLocked)) throw cause;
    throw new CommandError(
      "METERING_RESEND_RUNNING",
      `Dead letters of this directory are being sent again by another process. Wait for it: ${files.resentLock}`,
      { cause },
    );
  }
}
