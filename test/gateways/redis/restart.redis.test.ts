import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { type Gateway, openGateway } from "../../../gateways/open-gateway.ts";
import { openRedis } from "../../../gateways/redis/open-redis.ts";
import { createTestSource, subscribed } from "../support/billing-source.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";

const KEY = createSigningKey("key-1");
const RULES = parseBillingRules({
  scopes: [{ method: "get", baseURL: "reports", meter: "get_reports" }],
  processes: 3,
});
const work = mkdtempSync(join(tmpdir(), "redis-restart-"));
let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  await redis.close();
  rmSync(work, { recursive: true });
});

test("killed and restarted under load: no wrong answer, and what was answered is counted once", async () => {
  const source = createTestSource();
  const payers = Array.from({ length: 20 }, (_, index) => `cus_payer${index}`);
  for (const payer of payers) source.subscriptions.set(payer, [subscribed("active", "prod_reports")]);
  const billed = new Map<string, number>();
  const openNode = async (name: string) => {
    const shared = await openRedis({ url: redis.url, secretKey: "rk_test_0123456789", rules: RULES, log: () => {} });
    const gateway = openGateway({
      issuer: ISSUER,
      audience: AUDIENCE,
      rules: RULES,
      source,
      sharing: shared.sharing,
      hearsChanges: () => shared.sharing.isUp,
      clock: () => NOW * 1000 + performance.now(),
      fetchKeySet: async () => ({ keys: [KEY.jwk] }),
      metering: {
        directory: join(work, name),
        flushEvery: 0,
        send: async ({ identifier, value, customer }) => {
          const key = `${customer} ${identifier}`;
          if (billed.has(key)) throw new Error("It is counted twice.");
          billed.set(key, value);
          return { kind: "accepted" };
        },
      },
    });
    if (gateway.billing) await shared.share(gateway.billing.ration);
    return { gateway, close: () => gateway.close().then(() => shared.close()) };
  };
  const nodes = [await openNode("a"), await openNode("b"), await openNode("c")];

  const allowed = new Map<string, number>();
  const wrong: string[] = [];
  let isOver = false;
  const load = async ({ gateway }: { readonly gateway: Gateway }, seed: number): Promise<void> => {
    for (let index = seed; !isOver; index += 1) {
      const isPayer = index % 3 !== 0;
      const customer = isPayer ? (payers[index % payers.length] ?? "") : `cus_free${index % 7}`;
      const claims = { ...goodClaims, scope: "get:reports", [`${AUDIENCE}stripe_customer_id`]: customer };
      const { kind } = await gateway.authorize({
        method: "GET",
        target: "/reports",
        headers: { authorization: `Bearer ${signToken(KEY, claims)}` },
      });
      if (kind === "allowed") allowed.set(customer, (allowed.get(customer) ?? 0) + 1);
      if ((kind === "allowed") !== isPayer) wrong.push(`${customer} ${kind}`);
    }
  };
  const loads = nodes.flatMap((node, index) => [load(node, index), load(node, index + 10)]);
  for (let restart = 0; restart < 4; restart += 1) {
    await sleep(700);
    if (restart % 2 === 0) await redis.command("SAVE");
    await redis.kill();
    await sleep(restart % 2 === 0 ? 50 : 800);
    await redis.start();
  }
  await sleep(700);
  isOver = true;
  await Promise.all(loads);
  await Promise.all(nodes.map(({ close }) => close()));

  expect(wrong).toEqual([]);
  const sums = new Map<string, number>();
  for (const [key, value] of billed) {
    const [customer = ""] = key.split(" ");
    sums.set(customer, (sums.get(customer) ?? 0) + value);
  }
  expect([...sums].sort()).toEqual([...allowed].sort());
  expect(allowed.size).toBe(payers.length);
});
