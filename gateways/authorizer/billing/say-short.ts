import type { ReadPurpose } from "./read-ration.ts";

const HOUR = 60 * 60_000;

const CONSEQUENCES: Readonly<Record<ReadPurpose, string>> = {
  first: "who has not been read yet is answered 503",
  paid: "what was paid for when last read goes on counting as paid, and a cancellation is seen late",
  unpaid: "who did not pay when last read is looked at again late",
};

/**
 * Says that reads of Stripe run short, and what follows: once an hour for each consequence.
 *
 * @param clock milliseconds since the epoch
 */
export function createSayShort(clock: () => number, log: (line: string) => void): (purpose: ReadPurpose) => void {
  const saidAt = new Map<ReadPurpose, number>();
  return (purpose) => {
    const now = clock();
    if (now - (saidAt.get(purpose) ?? Number.NEGATIVE_INFINITY) < HOUR) return;
    saidAt.set(purpose, now);
    log(
      `billing: this process has used up its reads of Stripe for now: ${CONSEQUENCES[purpose]}. ` +
        "Receive Stripe's webhooks, or see readsPerMonth and processes in stripe.json.",
    );
  };
}
