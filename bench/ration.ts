import type { Outcome } from "./ration/outcome.ts";
import { simulate } from "./ration/simulate.ts";

/**
 * 45 days of an account at Stripe that answers, on a clock of its own: whether every payer is let through, and whether the reads
 * stay within what Stripe's rule gives.
 */
export async function run([largest = "20000", days = "45"]: readonly string[]): Promise<boolean> {
  console.log(row(["payers", "webhooks", "requests", "refused", "free", "waits", "rides", "reads", "most", "allowed"]));
  let isRight = true;
  for (const payers of [200, 1_500, 5_000, 20_000].filter((size) => size <= Number(largest))) {
    for (const hasWebhooks of [false, true]) {
      const outcome = await simulate({ payers, freeAccounts: 10, days: Number(days), stepMinutes: 60, hasWebhooks });
      console.log(renderOutcome(payers, hasWebhooks, outcome));
      isRight &&= outcome.refusedPayers === 0 && outcome.freeRides === 0 && outcome.mostReads <= outcome.allowedReads;
    }
  }
  console.log(
    "\nrefused: requests of payers · free: requests let through unpaid · waits: minutes that a newcomer asked in vain after paying" +
      "\nrides: hours that one who left was let through · most: reads in any 30 days",
  );
  return isRight;
}

function renderOutcome(payers: number, hasWebhooks: boolean, outcome: Outcome): string {
  const { requests, refusedPayers, freeRides, longestWait, longestRide, reads, mostReads, allowedReads } = outcome;
  const numbers = [requests, refusedPayers, freeRides, longestWait, longestRide, reads, mostReads, allowedReads];
  return row([
    payers.toLocaleString("en"),
    hasWebhooks ? "yes" : "no",
    ...numbers.map((number) => Math.round(number).toLocaleString("en")),
  ]);
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(11)).join("");
