import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createReadRation, type ReadRation } from "../../../gateways/authorizer/billing/read-ration.ts";
import { openRedisConnection, type RedisConnection } from "../../../gateways/redis/connection.ts";
import { createExchange } from "../../../gateways/redis/share-ration.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";

const KEY = "test:ration";

let redis: RedisServer;
let connections: RedisConnection[];
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());
beforeEach(async () => {
  connections = [];
  await redis.command("FLUSHALL");
});
afterEach(() => {
  for (const connection of connections) connection.close();
});

async function openNode(readsPerMonth: number | undefined, { processes = 2, payers = 0 } = {}) {
  const connection = await openRedisConnection({ url: redis.url, drawKey: "test:last", log: () => {}, timeout: 5_000 });
  connections.push(connection);
  const ration = createReadRation({
    readsPerMonth,
    processes,
    countPayers: () => payers,
    clock: () => 0,
    onShort: () => {},
  });
  return { ration, connection, settle: () => ration.settle(createExchange(connection, KEY)) };
}
/** As many as it gets. */
const readAll = (ration: ReadRation, most = Number.POSITIVE_INFINITY): number => {
  let reads = 0;
  while (reads < most && ration.permit("first") !== undefined) reads += 1;
  return reads;
};

test("nodes read what the account may, together: half of the month's that can be saved up, and not once each", async () => {
  const nodes = [await openNode(500), await openNode(500)];
  let reads = 0;
  // Only one of them has anything to do; what the other does not need is not lost.
  for (let round = 0; round < 20; round += 1) {
    for (const { settle } of nodes) await settle();
    reads += readAll(nodes[0]?.ration ?? failed());
  }
  // A thousand a month for both; a part of the last two cannot be shared out.
  expect(reads).toBeGreaterThan(490);
  expect(reads).toBeLessThanOrEqual(500);
});

test("Stripe's own rule goes by all the payers that any node knows", async () => {
  const nodes = [await openNode(undefined, { payers: 1_000 }), await openNode(undefined)];
  for (const { settle } of nodes) await settle();
  // Half of 500 for each of 1,000; each node's share is half of that.
  for (const { ration } of nodes) {
    expect(ration.left).toBeGreaterThan(124_900);
    expect(ration.left).toBeLessThanOrEqual(125_000);
  }
});

test("a store that has lost it begins with what a node knows is left, and not anew", async () => {
  const { ration, settle } = await openNode(500);
  await settle();
  expect(readAll(ration, 200)).toBe(200);
  await settle();
  await redis.command("FLUSHALL");
  await settle();
  const other = await openNode(500);
  await other.settle();
  expect(other.ration.left).toBeLessThanOrEqual(150);
});

test("while nobody answers each node has its share of what was left, and tells afterwards what it has read", async () => {
  const nodes = [await openNode(500), await openNode(500)];
  for (const { settle } of nodes) await settle();
  const [a = failed(), b = failed()] = nodes;
  await redis.command("SAVE");
  await redis.kill();
  await a.settle();
  expect(readAll(a.ration) + readAll(b.ration)).toBeLessThanOrEqual(500);
  await redis.start();
  while (!a.connection.isUp || !b.connection.isUp) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { settle } of [a, b, a]) await settle();
  expect(a.ration.left).toBe(0);
});

test.each([
  ["a text", ["SET", KEY, "a text"]],
  ["a list", ["LPUSH", KEY, "1"]],
  ["no number", ["HSET", KEY, "payers", "many", "others", "nan", "peak", "-inf", "at", "x"]],
  ["more than there can be", ["HSET", KEY, "payers", "9e99"]],
])("%s in its place is replaced", async (_name, command) => {
  const { ration, settle } = await openNode(500);
  await settle();
  expect(readAll(ration, 100)).toBe(100);
  await settle();
  if (command[0] !== "HSET") await redis.command("DEL", KEY);
  await redis.command(...command);
  await settle();
  expect(ration.left).toBeLessThanOrEqual(250);
  expect(ration.left).toBeGreaterThan(0);
});

function failed(): never {
  throw new Error("There should be one.");
}
