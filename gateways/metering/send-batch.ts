import type { Batch } from "./batch.ts";
import type { DeadLetterReason } from "./dead-letters.ts";
import type { ReachFailpoint } from "./failpoints.ts";
import { type MachineTime, measureAge } from "./machine-time.ts";
import type { MeterEvent, SendMeterEvent } from "./meter-event.ts";

export interface SendBatchOptions {
  readonly send: SendMeterEvent;
  readonly clock: () => number;
  readonly machine: MachineTime;
  /** Called before an event is given up. */
  readonly deadLetter: (event: MeterEvent, reason: DeadLetterReason, detail?: string) => Promise<void>;
  /** Events sent side by side. Stripe takes one call at a time for a customer and meter; a batch has each of them once. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly failpoint: ReachFailpoint;
}

export type BatchOutcome =
  | { readonly kind: "finished" }
  /** Stopped at the first event that could not be settled; the rest is for later. */
  | { readonly kind: "stopped"; readonly reason: string };

const HOUR = 3_600_000;
/** Stripe recognises duplicates for 24 hours at least; one is left for clocks and slow answers. */
export const RECOGNISED_FOR = 23 * HOUR;
/** Stripe takes events of the past 35 days. */
export const TAKEN_FOR = 34 * 24 * HOUR;

/**
 * Sends what is not settled yet, and writes down what becomes of it.
 *
 * @throws {NodeJS.ErrnoException} what the disk throws, once no call is under way any more
 */
export async function sendBatch(batch: Batch, options: SendBatchOptions): Promise<BatchOutcome> {
  const pending = batch.events
    .map((_event, index) => index)
    .filter((index) => batch.progressOf(index).kind !== "settled");
  let stopped: string | undefined;

  const work = async (): Promise<void> => {
    for (let index = pending.shift(); index !== undefined; index = pending.shift()) {
      if (options.signal.aborted) stopped ??= "out of time";
      if (stopped !== undefined) return;
      try {
        stopped = (await sendEvent(batch, index, options)) ?? stopped;
      } catch (error) {
        stopped ??= "fault";
        throw error;
      }
    }
  };
  const works = await Promise.allSettled(Array.from({ length: options.parallel }, work));
  const failed = works.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  return stopped === undefined ? { kind: "finished" } : { kind: "stopped", reason: stopped };
}

/** Returns why it is not settled. */
async function sendEvent(batch: Batch, index: number, options: SendBatchOptions): Promise<string | undefined> {
  const event = batch.events[index];
  if (event === undefined) return undefined;
  const { clock, machine, failpoint } = options;
  const settle = async (): Promise<undefined> => {
    await batch.note(index, { kind: "settled" });
    failpoint("settlement noted");
  };
  const deadLetter = async (reason: DeadLetterReason, detail?: string): Promise<undefined> => {
    await options.deadLetter(event, reason, detail);
    failpoint("dead letter written");
    return settle();
  };

  const before = batch.progressOf(index);
  if (before.kind === "attempted" && measureAge(before, clock(), machine) > RECOGNISED_FOR)
    return deadLetter("unsettled");
  if (clock() - event.timestamp * 1000 > TAKEN_FOR) return deadLetter("too_old");
  // The first attempt counts: that is the one which may have been taken.
  if (before.kind !== "attempted")
    await batch.note(index, { kind: "attempted", at: clock(), boot: machine.boot, uptime: machine.uptime() });
  failpoint("attempt noted");
  const result = await options.send(event);
  failpoint("sent");
  switch (result.kind) {
    case "accepted":
      return settle();
    case "rejected":
      return deadLetter("rejected", result.reason);
    case "deferred":
      // An earlier attempt may still have been taken.
      if (before.kind !== "attempted") await batch.note(index, { kind: "untouched" });
      return result.reason;
    case "unknown":
      return result.reason;
  }
}
