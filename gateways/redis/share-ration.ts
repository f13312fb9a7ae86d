import { RATION_RULE, type RationLeft, type RationReport, type ReadRation } from "../authorizer/billing/read-ration.ts";
import type { RedisConnection } from "./connection.ts";
import { SPEND } from "./scripts.ts";

export interface SharedRation {
  stop(): void;
}

/** Milliseconds. */
const OFTEN = 1_000;
/** Of those, after how many what the others have read is asked for, though nothing was read here. */
const SELDOM = 15;

/** Keeps one ration among all processes: each tells what it has read, and takes its share of what is left. */
export async function shareRation(ration: ReadRation, connection: RedisConnection, key: string): Promise<SharedRation> {
  const exchange = createExchange(connection, key);
  let rounds = 0;
  await ration.settle(exchange);
  const timer = setInterval(() => {
    rounds += 1;
    if (connection.isUp && (ration.isUnsettled || rounds % SELDOM === 0)) void ration.settle(exchange);
  }, OFTEN);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

export function createExchange(
  connection: RedisConnection,
  key: string,
): (report: RationReport) => Promise<RationLeft | undefined> {
  return async ({ spent, left, knownPayers, readsPerMonth }) => {
    const { perPayer, atLeast, unpaidShare, month } = RATION_RULE;
    const numbers = [spent.payers, spent.others, knownPayers, left.payers, left.others];
    const rule = [readsPerMonth ?? "", perPayer, atLeast, unpaidShare, month];
    const answer = await connection.call(SPEND, key, [...numbers, ...rule].map(String));
    if (!Array.isArray(answer)) return undefined;
    const numbersLeft = (answer as unknown[]).map(Number);
    const [payers, others, known] = numbersLeft;
    if (payers === undefined || others === undefined || known === undefined || !numbersLeft.every(Number.isFinite))
      return undefined;
    return { payers, others, knownPayers: known };
  };
}
