import { type NodesOutcome, simulateNodes } from "./ration-nodes/simulate-nodes.ts";

const NODES = 4;
/** Bytes of a node's process. */
const MOST_MEMORY = 150_000_000;

/**
 * 45 days of several nodes on one real Redis, which is told a time of the simulation's own: payers whose requests go to any of
 * them, webhooks that go to one, and accounts that ask all day without paying.
 */
export async function run([payers = "20000", days = "45"]: readonly string[]): Promise<boolean> {
  const outcome = await simulateNodes({ payers: Number(payers), days: Number(days), nodes: NODES, freeAccounts: 10 });
  const { requests, refusedPayers, freeRides, longestWait, longestRide, reads, mostReads, allowedReads, memory } =
    outcome;
  const rows: readonly [string, number][] = [
    ["requests", requests],
    ["of payers, refused", refusedPayers],
    ["of others, let through", freeRides],
    ["minutes that a newcomer asked in vain after paying, at most", longestWait],
    ["hours that one who left was let through, at most", longestRide],
    ["reads of Stripe", reads],
    ["most in any 30 days", mostReads],
    ["allowed in any 30 days", allowedReads],
    ["megabytes of the largest node, at any hour", Math.max(...memory) / 1e6],
  ];
  for (const [name, number] of rows)
    console.log(name.padEnd(64) + Math.round(number).toLocaleString("en").padStart(14));
  return isRight(outcome);
}

const isRight = ({ refusedPayers, freeRides, mostReads, allowedReads, memory }: NodesOutcome): boolean =>
  refusedPayers === 0 && freeRides === 0 && mostReads <= allowedReads && memory.every((bytes) => bytes <= MOST_MEMORY);
