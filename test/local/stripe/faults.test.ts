import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Stripe from "stripe";
import { type FaultKind, faultKinds } from "../../../local/stripe/fault-kinds.ts";
import { createLocalStripe, type LocalStripe } from "../../../local/stripe/local-stripe.ts";
import { SECRET_KEY, startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { until } from "../../support/until.ts";

let stripe: TestStripe;
/** Milliseconds that faults have taken. */
let paused: number[];

beforeEach(async () => {
  paused = [];
  stripe = await startTestStripe({ pause: async (ms) => paused.push(ms) });
});

afterEach(() => {
  jest.useRealTimers();
  return stripe.close();
});

const create = (client = stripe.client) => client.customers.create({ email: "a@example.org" });
/** Where no answer comes, or none that ends, the SDK's own time limit is over once Stripe has had the request. */
async function createOnce(
  kind: FaultKind,
  client = stripe.client,
  { log }: Pick<LocalStripe, "log"> = stripe.local,
): Promise<unknown> {
  if (!/^hang|^drip/.test(kind)) return create(client);
  jest.useFakeTimers({ doNotFake: ["Date", "nextTick", "queueMicrotask", "setImmediate", "clearImmediate"] });
  const creation = create(client);
  const failed = creation.catch(() => true);
  while (log.entries().length === 0) await new Promise((resolve) => setImmediate(resolve));
  await jest.advanceTimersByTimeAsync(SDK_TIME_LIMIT);
  await failed;
  jest.useRealTimers();
  return creation;
}
const count = () => stripe.local.customers.size;
/** Milliseconds that the SDK waits for an answer (its README, "Configuring Timeout"). */
const SDK_TIME_LIMIT = 80_000;
const CONNECTION_FAILED = { type: "StripeConnectionError" };
const TIMED_OUT = { ...CONNECTION_FAILED, detail: { code: "ETIMEDOUT" } };
const HTML_PAGE = { type: "StripeAPIError", message: "Invalid JSON received from the Stripe API" };

/** What the SDK throws, and how many customers there are afterwards. */
const failures: [FaultKind, object, number][] = [
  ["hang", TIMED_OUT, 0],
  ["hang-after", TIMED_OUT, 1],
  ["drip", { type: "StripeConnectionError", statusCode: undefined }, 1],
  ["reset-before", CONNECTION_FAILED, 0],
  ["reset-after", CONNECTION_FAILED, 1],
  ["429", { statusCode: 429, headers: { "stripe-rate-limited-reason": "endpoint-rate" } }, 0],
  ["lock-timeout", { statusCode: 429, code: "lock_timeout", headers: { "stripe-should-retry": "true" } }, 0],
  ["500", { statusCode: 500, rawType: "api_error" }, 0],
  ["500-after", { statusCode: 500, rawType: "api_error" }, 1],
  ["500-unstored", { statusCode: 500 }, 0],
  ["html-502", HTML_PAGE, 0],
  ["html-502-after", HTML_PAGE, 1],
];

test.each(failures)("%s, once", async (kind, failure, made) => {
  stripe.local.faults.add({ kind });
  await expect(createOnce(kind)).rejects.toMatchObject(failure);
  expect(count()).toBe(made);
  await expect(create()).resolves.toMatchObject({ object: "customer" });
});

test.each(failures.filter(([kind]) => !kind.startsWith("drip")))(
  "%s looks the same without a socket",
  async (kind, failure, made) => {
    const local = createLocalStripe({ keys: [{ secret: SECRET_KEY }] });
    const httpClient = Stripe.createFetchHttpClient((input, init) => local.fetch(new Request(input, init)));
    local.faults.add({ kind });
    await expect(
      createOnce(kind, new Stripe(SECRET_KEY, { httpClient, telemetry: false, maxNetworkRetries: 0 }), local),
    ).rejects.toMatchObject(failure);
    expect(local.customers.size).toBe(made);
    await local.close();
  },
);

test.each(["delay", "busy"] as const)("%s takes its time", async (kind) => {
  stripe.local.faults.add({ kind, ms: 60 });
  await stripe.client.customers.create();
  expect(paused).toEqual([60]);
});

test("a dripping answer outlasts the SDK's timeout on node:http, and not the one on fetch", async () => {
  stripe.local.faults.add({ kind: "drip", ms: 1, times: 2 });
  const onNode = stripe.clientWith(SECRET_KEY, { httpClient: Stripe.createNodeHttpClient() });
  await expect(createOnce("drip", onNode)).resolves.toMatchObject({ object: "customer" });
  await expect(createOnce("drip")).rejects.toMatchObject({ type: "StripeConnectionError" });
});

describe("a fault befalls", () => {
  test.each([
    ["its method", { method: "get" }, [200, 500]],
    ["its route, whatever the id", { path: "/v1/customers/:id" }, [200, 500]],
    ["its path", { path: "/v1/customers/cus_x" }, [200, 500]],
    ["nothing on another path", { path: "/v1/customers/cus_y" }, [200, 404]],
    ["every request", {}, [500, 500]],
  ])("%s", async (_case, target, statuses) => {
    stripe.local.faults.add({ kind: "500", times: 9, ...target });
    const status = (call: Promise<unknown>) =>
      call.then(
        () => 200,
        ({ statusCode }) => statusCode,
      );
    const { customers } = stripe.client;
    expect([await status(customers.create()), await status(customers.retrieve("cus_x"))]).toEqual(statuses);
  });

  test("as many requests as it says, then the next in line takes over", async () => {
    stripe.local.faults.add({ kind: "429", times: 2 });
    stripe.local.faults.add({ kind: "500" });
    const seen = [];
    for (let index = 0; index < 4; index += 1) {
      seen.push(
        await create().then(
          () => 200,
          ({ statusCode }) => statusCode,
        ),
      );
    }
    expect(seen).toEqual([429, 429, 500, 200]);
    expect(stripe.local.faults.pending()).toEqual([]);
  });
});

test("faults that are cleared do not come", async () => {
  stripe.local.faults.add({ kind: "500" });
  stripe.local.faults.clear();
  await expect(create()).resolves.toMatchObject({ object: "customer" });
});

describe("from another process", () => {
  const control = (method: string, path: string, body?: unknown, type = "application/json") =>
    fetch(`http://127.0.0.1:${stripe.local.port}/_local/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": type } }),
    });

  test("faults are asked for, read and cleared", async () => {
    const fault = { kind: "429", method: "POST", path: "/v1/customers", times: 2 };
    const response = await control("POST", "faults", fault);
    expect([response.status, await response.json()]).toEqual([201, { faults: [fault] }]);
    await expect(create()).rejects.toMatchObject({ statusCode: 429 });
    await expect((await control("GET", "faults")).json()).resolves.toEqual({ faults: [{ ...fault, times: 1 }] });
    await control("DELETE", "faults");
    await expect(create()).resolves.toMatchObject({ object: "customer" });
  });

  test("rate limits are set and taken away", async () => {
    await control("PUT", "rate-limits", { perEndpoint: 1 });
    await create();
    await expect(create()).rejects.toMatchObject({ statusCode: 429 });
    await control("PUT", "rate-limits", {});
    await expect(create()).resolves.toMatchObject({ object: "customer" });
  });

  test("the newest requests are read", async () => {
    await create();
    await expect((await control("GET", "requests")).json()).resolves.toMatchObject({
      requests: [{ method: "POST", path: "/v1/customers", status: 200 }],
    });
  });

  test.each([
    ["an unknown kind", "POST", "faults", { kind: "earthquake" }, "application/json"],
    ["the prototype's", "POST", "faults", { kind: "constructor" }, "application/json"],
    ["no times", "POST", "faults", { kind: "500", times: 0 }, "application/json"],
    ["half a millisecond", "POST", "faults", { kind: "delay", ms: 0.5 }, "application/json"],
    ["no object", "POST", "faults", ["500"], "application/json"],
    ["what a web page may send", "POST", "faults", { kind: "500" }, "text/plain"],
    ["a limit of nothing", "PUT", "rate-limits", { total: 0 }, "application/json"],
    ["a limit without a name", "PUT", "rate-limits", { global: 5 }, "application/json"],
    ["a limit as text", "PUT", "rate-limits", "5", "application/json"],
  ])("%s is refused", async (_case, method, path, body, type) => {
    const response = await control(method, path, body, type);
    expect(response.status).toBe(400);
    await expect(create()).resolves.toMatchObject({ object: "customer" });
  });
});

test("closing does not wait for what hangs", async () => {
  stripe.local.faults.add({ kind: "hang" });
  const hanging = stripe.client.customers.list().catch((error: Error) => error);
  await until(() => stripe.local.faults.pending().length === 0);
  await stripe.close();
  await expect(hanging).resolves.toMatchObject(CONNECTION_FAILED);
  stripe = await startTestStripe();
});

test.each(Object.keys(faultKinds))("docs/local-stripe.md says what %s does", (kind) => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/local-stripe.md"), "utf8");
  expect(page).toMatch(new RegExp(`^\\|[^|]*\`${kind}\`[^|]*\\|`, "m"));
});
