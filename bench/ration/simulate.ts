import { type Billing, createBilling } from "../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { createAccount } from "./account.ts";
import { countAllowedReads, countReads, type Outcome, type Size } from "./outcome.ts";
import { createNewcomer, createRegular } from "./people.ts";

export interface Simulation extends Size {
  /** Of the clock. It divides an hour. */
  readonly stepMinutes: number;
  /** Whether the gateway hears of subscriptions, renewals and cancellations. */
  readonly hasWebhooks: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AUDIENCE = "https://api.example.com/";

/**
 * An account at Stripe that answers, and a gateway in front of it, on a clock that the simulation moves: payers who come once
 * an hour, four times a day or daily, one in a hundred of whom leaves, and as many newcomers who ask first, pay then, and go on asking.
 */
export async function simulate(simulation: Simulation): Promise<Outcome> {
  const { payers, freeAccounts, days, hasWebhooks } = simulation;
  const step = simulation.stepMinutes * MINUTE;
  let now = 0;
  const account = createAccount(() => now);
  const billing = createBilling({
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }] }),
    source: account.source,
    audience: AUDIENCE,
    clock: () => now,
  });
  const end = days * DAY;
  const regulars = Array.from({ length: payers }, (_, index) => createRegular(index, step, end));
  const newcomers = Array.from({ length: Math.ceil(payers / 100) }, (_, index) => createNewcomer(index, step, end));
  for (const { customer } of regulars) account.subscribe(customer);
  /** As the receiver does: the event is only a reason to read. */
  const hear = async (customer: string): Promise<void> => {
    if (!hasWebhooks) return;
    const { value, reads } = await account.source.readSubscriptions(customer);
    billing.ration.count(reads);
    await billing.takeSubscriptions(customer, value, { readAt: now });
  };

  const counts = { requests: 0, refusedPayers: 0, freeRides: 0, longestWait: 0, longestRide: 0 };
  const isLetThrough = async (customer: string): Promise<boolean> => {
    counts.requests += 1;
    return (await ask(billing, customer)) === "paid";
  };
  for (; now < end; now += step) {
    for (const { customer, leavesAt, renewsAt, comesAt } of regulars) {
      if (leavesAt === now) account.cancel(customer);
      if (leavesAt === now || (renewsAt(now) && now < leavesAt)) await hear(customer);
      if (!comesAt(now)) continue;
      const isIn = await isLetThrough(customer);
      if (now < leavesAt && !isIn) counts.refusedPayers += 1;
      if (now >= leavesAt && isIn) counts.longestRide = Math.max(counts.longestRide, (now - leavesAt) / HOUR);
    }
    for (const { customer, paysAt } of newcomers) {
      if (now < paysAt - step) continue;
      const isIn = await isLetThrough(customer);
      if (now < paysAt && isIn) counts.freeRides += 1;
      if (now >= paysAt && !isIn) counts.longestWait = Math.max(counts.longestWait, (now + step - paysAt) / MINUTE);
      if (paysAt !== now + step) continue;
      account.subscribe(customer);
      await hear(customer);
    }
    for (let index = 0; index < freeAccounts; index += 1)
      if (await isLetThrough(`cus_free${index}`)) counts.freeRides += 1;
  }
  const staying = regulars.filter(({ leavesAt }) => leavesAt > end).length;
  return { ...counts, ...countReads(account.listReads()), allowedReads: countAllowedReads(staying) };
}

async function ask(billing: Billing, customer: string): Promise<string> {
  const claims = { [`${AUDIENCE}stripe_customer_id`]: customer };
  const { kind } = await billing.charge({ claims, scopes: ["get:reports"], metered: undefined });
  return kind;
}
