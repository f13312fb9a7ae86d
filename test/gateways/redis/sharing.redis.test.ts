import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type Billing, createBilling } from "../../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { openRedis, type Redis } from "../../../gateways/redis/open-redis.ts";
import { createMovableClock, type MovableClock } from "../../../local/clock.ts";
import { createTestSource, subscribed, type TestBillingSource } from "../support/billing-source.ts";
import { AUDIENCE } from "../support/issuer.ts";
import { type RedisServer, startLiar, startRedis } from "../support/redis-server.ts";

jest.setTimeout(60_000);

const SECOND = 1000;
const HOUR = 3_600_000;
const KEY = "rk_test_0123456789abcdef";

let redis: RedisServer;
let source: TestBillingSource;
let clock: MovableClock;
let lines: string[];
let opened: Redis[];
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());
beforeEach(async () => {
  await redis.command("FLUSHALL");
  source = createTestSource();
  clock = createMovableClock();
  lines = [];
  opened = [];
});
afterEach(() => {
  for (const one of opened) one.close();
});

interface NodeOptions {
  readonly url?: string;
  readonly secretKey?: string;
  readonly rules?: Record<string, unknown>;
  readonly timeout?: number | undefined;
}
/** What is known together does not depend on how busy this machine is; how long a request waits is looked at where it says so. */
const PATIENT = 5_000;

async function openNode({ url = redis.url, secretKey = KEY, rules = {}, timeout = PATIENT }: NodeOptions = {}) {
  const parsed = parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }], ...rules });
  const shared = await openRedis({ url, secretKey, rules: parsed, log: (line) => lines.push(line), timeout });
  opened.push(shared);
  const billing = createBilling({
    rules: parsed,
    source,
    audience: AUDIENCE,
    clock: clock.now,
    sharing: shared.sharing,
    hearsChanges: () => shared.sharing.isUp,
    log: (line) => lines.push(line),
  });
  return { billing, shared };
}

const ask = async (billing: Billing, customer = "cus_1") => {
  const claims = { [`${AUDIENCE}stripe_customer_id`]: customer };
  return (await billing.charge({ claims, scopes: ["get:reports"], metered: undefined })).kind;
};
const countReads = (customer = "cus_1") => source.calls.filter((call) => call === `subscriptions ${customer}`).length;
const subscribe = (customer = "cus_1") => source.subscriptions.set(customer, [subscribed("active", "prod_reports")]);
/** As the receiver does: the event is only a reason to read. */
const hear = async (billing: Billing, customer = "cus_1") => {
  const begun = await billing.begin();
  await billing.takeSubscriptions(customer, source.subscriptions.get(customer) ?? [], begun);
};
/** What a node leaves for the others is not waited for. */
const settled = () => sleep(20);

describe("what one node knows", () => {
  test("the others know without a read", async () => {
    subscribe();
    const [a, b, c] = [await openNode(), await openNode(), await openNode()];
    expect(await ask(a.billing)).toBe("paid");
    await settled();
    for (const { billing } of [b, c]) expect(await ask(billing)).toBe("paid");
    expect(source.calls.toSorted()).toEqual(["products", "subscriptions cus_1"]);
  });

  test("of an email and of a no, too, and it names nobody there", async () => {
    source.customers.set("anna@example.com", ["cus_1"]);
    const [a, b] = [await openNode(), await openNode()];
    const claims = { [`${AUDIENCE}email`]: "anna@example.com", [`${AUDIENCE}email_verified`]: true };
    for (const { billing } of [a, b]) {
      expect((await billing.charge({ claims, scopes: ["get:reports"], metered: undefined })).kind).toBe("refused");
      await settled();
    }
    expect(source.calls.toSorted()).toEqual(["customers", "products", "subscriptions cus_1"]);
    expect(JSON.stringify(await redis.command("KEYS", "*"))).not.toMatch(/anna|cus_1/);
  });

  test("is nothing to a node with another key, or with other rules of what counts as paid", async () => {
    subscribe();
    const nodes = [
      await openNode(),
      await openNode({ secretKey: "rk_test_another0123456" }),
      await openNode({ rules: { pastDue: "allow" } }),
    ];
    for (const { billing } of nodes) {
      expect(await ask(billing)).toBe("paid");
      await settled();
    }
    expect(countReads()).toBe(3);
  });
});

test("a user of its own needs no more than the documented commands", async () => {
  const commands = ["eval", "info", "time", "get", "set", "del", "hmget", "hset", "pexpire"].map((name) => `+${name}`);
  await redis.command("ACL", "SETUSER", "node", "on", ">password", "~gateway:*", ...commands);
  subscribe();
  const { billing, shared } = await openNode({ url: redis.url.replace("//", "//node:password@") });
  expect(shared.sharing.isUp).toBe(true);
  await hear(billing);
  expect(await ask((await openNode()).billing)).toBe("paid");
  await shared.share(billing.ration);
  expect(shared.sharing.isUp).toBe(true);
});

describe("what one node hears", () => {
  test.each([
    ["a cancellation", true, "refused"],
    ["a payment", false, "paid"],
  ])("%s counts at the others within two seconds", async (_name, isPaid, after) => {
    if (isPaid) subscribe();
    const [a, b] = [await openNode(), await openNode()];
    for (const { billing } of [a, b]) {
      expect(await ask(billing)).toBe(isPaid ? "paid" : "refused");
      await settled();
    }
    if (isPaid) source.subscriptions.set("cus_1", []);
    else subscribe();
    const reads = countReads();
    await hear(a.billing);
    expect(await ask(a.billing)).toBe(after);
    clock.advance(2 * SECOND);
    expect(await ask(b.billing)).toBe(after);
    expect(countReads()).toBe(reads);
  });

  test("what was read earlier and told later does not take the place of what was read later", async () => {
    const [a, b] = [await openNode(), await openNode()];
    const early = await a.billing.begin();
    subscribe();
    await hear(b.billing);
    await a.billing.takeSubscriptions("cus_1", [], early);
    clock.advance(2 * SECOND);
    expect(await ask(b.billing)).toBe("paid");
    expect(await ask((await openNode()).billing)).toBe("paid");
  });

  test("is heard again while it cannot be told: the receiver is refused", async () => {
    const { billing } = await openNode({ url: "redis://127.0.0.1:1" });
    subscribe();
    await expect(hear(billing)).rejects.toMatchObject({ code: "REDIS_NOT_SHARED" });
    expect(await ask(billing)).toBe("paid");
  });
});

test("who pays is read once a day by all nodes together", async () => {
  subscribe();
  const nodes = [await openNode(), await openNode()];
  for (let hour = 0; hour < 23; hour += 1) {
    for (const { billing } of nodes) expect(await ask(billing)).toBe("paid");
    await settled();
    clock.advance(HOUR);
  }
  expect(countReads()).toBe(1);
});

describe("a store that is wrong: every node goes by what it knows, and never by what it is told there", () => {
  const entries = async () => (await redis.command("KEYS", "*:*:subscriptions:*")) as string[];
  const spoil: Record<string, (key: string) => Promise<unknown>> = {
    "another text": (key) => redis.command("SET", key, "paid"),
    "an empty text": (key) => redis.command("SET", key, ""),
    "JSON without a signature": (key) =>
      redis.command("SET", key, '9999999999999 {"value":["prod_reports"],"doubts":0}'),
    "a list": async (key) => {
      await redis.command("DEL", key);
      await redis.command("LPUSH", key, "prod_reports");
    },
    nothing: (key) => redis.command("DEL", key),
    "a megabyte": (key) => redis.command("SETRANGE", key, "1000000", "x"),
    "a later number": async (key) => {
      const text = String(await redis.command("GET", key));
      await redis.command("SET", key, text.replace(/^\d/, "2"));
    },
    "another customer's": async (key) => {
      const [paying] = (await entries()).filter((other) => other !== key);
      await redis.command("COPY", paying ?? "", key, "REPLACE");
    },
  };
  test.each(Object.keys(spoil))("%s instead of an entry", async (name) => {
    const a = await openNode();
    expect(await ask(a.billing, "cus_free")).toBe("refused");
    await settled();
    const [key = ""] = await entries();
    subscribe("cus_payer");
    expect(await ask(a.billing, "cus_payer")).toBe("paid");
    await settled();
    await spoil[name]?.(key);
    const b = await openNode();
    expect(await ask(b.billing, "cus_free")).toBe("refused");
    expect(await ask(b.billing, "cus_payer")).toBe("paid");
    clock.advance(2 * SECOND);
    expect(await ask(a.billing, "cus_free")).toBe("refused");
    expect(b.shared.sharing.isUp).toBe(true);
    // It is mended by what was read instead.
    await settled();
    const reads = countReads("cus_free");
    expect(await ask((await openNode()).billing, "cus_free")).toBe("refused");
    expect(countReads("cus_free")).toBe(reads);
  });

  test.each(["99999999999999999999999999", "-1", "nan", "a text", "1e300"])("the last number is %s", async (last) => {
    const a = await openNode();
    const [key = ""] = (await redis.command("KEYS", "*:last")) as string[];
    await redis.command("SET", key, last);
    subscribe();
    await hear(a.billing);
    expect(await ask((await openNode()).billing)).toBe("paid");
    expect(countReads()).toBe(0);
  });
});

describe("a store that is slow, gone, or refuses", () => {
  const faults: Record<string, { readonly begin: () => Promise<unknown>; readonly end: () => Promise<unknown> }> = {
    "is killed": { begin: () => redis.kill(), end: () => redis.start() },
    hangs: { begin: async () => redis.freeze(), end: async () => redis.thaw() },
    "is a replica (READONLY)": {
      begin: () => redis.command("REPLICAOF", "127.0.0.1", "1"),
      end: () => redis.command("REPLICAOF", "NO", "ONE"),
    },
    "is full (OOM)": {
      begin: () => redis.command("CONFIG", "SET", "maxmemory", "1"),
      end: () => redis.command("CONFIG", "SET", "maxmemory", "0"),
    },
    "wants a password (NOAUTH)": {
      begin: async () => {
        await redis.command("CONFIG", "SET", "requirepass", "secret");
        const client = (await import("@redis/client")).createClient({ url: redis.url.replace("//", "//:secret@") });
        await client.connect();
        await client.sendCommand(["CLIENT", "KILL", "TYPE", "normal"]);
        client.destroy();
      },
      end: async () => {
        await redis.kill();
        await redis.start();
      },
    },
  };
  test.each(Object.keys(faults))("%s: the same answers, at once but for the first, and said once", async (name) => {
    subscribe("cus_known");
    subscribe("cus_new");
    const a = await openNode({ timeout: 50 });
    expect([await ask(a.billing, "cus_known"), await ask(a.billing, "cus_free")]).toEqual(["paid", "refused"]);
    await faults[name]?.begin();
    clock.advance(2 * SECOND);
    try {
      const times: number[] = [];
      for (let round = 0; round < 50; round += 1) {
        const start = performance.now();
        expect(await ask(a.billing, "cus_known")).toBe("paid");
        expect(await ask(a.billing, "cus_free")).toBe("refused");
        expect(await ask(a.billing, round === 0 ? "cus_new" : `cus_free${round}`)).toBe(
          round === 0 ? "paid" : "refused",
        );
        times.push(performance.now() - start);
        clock.advance(2 * SECOND);
      }
      times.sort((one, other) => one - other);
      // Once it waits; a busy machine may add to one or two of the others.
      expect(times[45]).toBeLessThan(25);
      await sleep(1_200);
      expect(a.shared.sharing.isUp).toBe(false);
      expect(lines.filter((line) => line.includes("not usable"))).toHaveLength(1);
      expect(lines.join()).not.toMatch(/127\.0\.0\.1|secret/);
      if (name.includes("(")) expect(lines.join()).toContain(/\((\w+)\)/.exec(name)?.[0]);
    } finally {
      await faults[name]?.end();
    }
    for (let waited = 0; waited < 200 && !a.shared.sharing.isUp; waited += 1) await sleep(50);
    expect(a.shared.sharing.isUp).toBe(true);
    expect(await ask((await openNode()).billing, "cus_known")).toBe("paid");
  });

  test.each([
    ["says that it is loading", "-LOADING Redis is loading the dataset in memory\r\n"],
    ["says nothing", undefined],
    ["speaks HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n"],
    ["says yes to everything", "+OK\r\n"],
    ["answers with numbers", ":1\r\n"],
  ])("one that %s is as good as none", async (_name, answer) => {
    const liar = await startLiar(answer);
    try {
      subscribe();
      const { billing, shared } = await openNode({ url: liar.url, timeout: 50 });
      expect(shared.sharing.isUp).toBe(false);
      expect([await ask(billing), await ask(billing, "cus_free")]).toEqual(["paid", "refused"]);
    } finally {
      for (const one of opened) one.close();
      await liar.close();
    }
  });
});

test("after a restart with what it had saved before, a cancellation that it has lost is not forgotten by anybody", async () => {
  subscribe();
  const [hearing, other] = [await openNode(), await openNode()];
  for (const { billing } of [hearing, other]) expect(await ask(billing)).toBe("paid");
  await settled();
  await redis.command("SAVE");
  source.subscriptions.set("cus_1", []);
  await hear(hearing.billing);
  await redis.kill();
  await redis.start();
  while (!other.shared.sharing.isUp) await sleep(20);
  clock.advance(2 * SECOND);
  expect(await ask(other.billing)).toBe("refused");
  expect(await ask((await openNode()).billing)).toBe("refused");
});
