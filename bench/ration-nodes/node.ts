import { setTimeout as sleep } from "node:timers/promises";
import { createBilling } from "../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../gateways/authorizer/billing/rules.ts";
import { openRedisConnection, type RedisConnection } from "../../gateways/redis/connection.ts";
import { createRedisSharing, drawKeyOf } from "../../gateways/redis/redis-sharing.ts";
import { createExchange } from "../../gateways/redis/share-ration.ts";
import { createSigner } from "../../gateways/redis/signer.ts";
import { createAccount } from "../ration/account.ts";
import { answerMessages } from "../shared/child.ts";
import type { Answers, Order, Summary } from "./order.ts";

const AUDIENCE = "https://api.example.com/";
const PREFIX = "bench";
/** Requests under way at a time. */
const AT_ONCE = 50;

const [url = ""] = process.argv.slice(2);
let now = 0;
let memory = 0;
const account = createAccount(() => now);
// As long as it takes: what the nodes know together is looked at here, not how fast this machine is.
const connection = await openRedisConnection({
  url,
  drawKey: drawKeyOf(PREFIX),
  log: (line) => console.error(line),
  timeout: 60_000,
});

/** The same Redis at the simulation's time: it begins in the past, so that the numbers drawn at its own time are later. */
const START_SECONDS = 1_000_000_000;
const simulated: RedisConnection = {
  get isUp() {
    return connection.isUp;
  },
  get run() {
    return connection.run;
  },
  call(script, key, args) {
    const time = `{'${START_SECONDS + Math.floor(now / 1000)}', '${(now % 1000) * 1000}'}`;
    return connection.call(script.replaceAll("redis.call('TIME')", time), key, args);
  },
  close: connection.close,
};
const rules = parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }], processes: 4 });
const sharing = createRedisSharing({
  connection: simulated,
  signer: createSigner("rk_test_benchmark", "bench"),
  prefix: `${PREFIX}:simulated`,
});
const billing = createBilling({
  rules,
  source: account.source,
  audience: AUDIENCE,
  clock: () => now,
  sharing,
  hearsChanges: () => sharing.isUp,
  log: (line) => console.error(line),
});
const exchange = createExchange(simulated, `${PREFIX}:ration`);

/** As Stripe does, again until it is done. */
async function hear(customer: string): Promise<void> {
  while (
    !(await hearOnce(customer).then(
      () => true,
      () => false,
    ))
  )
    await sleep(100);
}
async function hearOnce(customer: string): Promise<void> {
  const begun = await billing.begin();
  const { value, reads } = await account.source.readSubscriptions(customer);
  billing.ration.count(reads);
  await billing.takeSubscriptions(customer, value, begun);
}
async function isPaid(customer: string): Promise<boolean> {
  const claims = { [`${AUDIENCE}stripe_customer_id`]: customer };
  const { kind } = await billing.charge({ claims, scopes: ["get:reports"], metered: undefined });
  return kind === "paid";
}
async function inSlices<T>(
  customers: readonly string[],
  work: (customer: string) => Promise<T>,
): Promise<readonly T[]> {
  const done: T[] = [];
  for (let from = 0; from < customers.length; from += AT_ONCE)
    done.push(...(await Promise.all(customers.slice(from, from + AT_ONCE).map(work))));
  return done;
}

answerMessages(async (order: Order | "summary"): Promise<Answers | Summary> => {
  if (order === "summary") return { readsOn: account.listReads(), memory };
  now = order.now;
  for (const customer of order.subscribes) account.subscribe(customer);
  for (const customer of order.cancels) account.cancel(customer);
  await billing.ration.settle(exchange);
  await inSlices(order.hears, hear);
  const answers = await inSlices(order.asks, isPaid);
  memory = Math.max(memory, process.memoryUsage.rss());
  return { isPaid: answers };
});
