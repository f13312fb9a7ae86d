import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readHeaders, startTestStripe, type TestStripe } from "../../support/stripe.ts";
import { until } from "../../support/until.ts";

const DAY = 24 * 60 * 60 * 1000;
let stripe: TestStripe;
/** Ends what `busy` has a request take. */
let finish: (() => void) | undefined;

beforeEach(async () => {
  finish = undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      finish = resolve;
    });
  stripe = await startTestStripe({ pause });
});

afterEach(() => stripe.close());

const create = (email: string, key = "key") => stripe.client.customers.create({ email }, { idempotencyKey: key });
const count = () => stripe.local.customers.size;

test("the same request again is replayed, and says so", async () => {
  const first = await create("a@example.org");
  const second = await create("a@example.org");
  expect(second).toEqual(first);
  expect(readHeaders(first)).not.toHaveProperty("idempotent-replayed");
  expect(readHeaders(second)).toMatchObject({
    "idempotent-replayed": "true",
    "idempotency-key": "key",
    "original-request": first.lastResponse.requestId,
  });
  expect(count()).toBe(1);
});

test("the order of parameters does not matter", async () => {
  await stripe.client.customers.create({ email: "a@example.org", name: "A" }, { idempotencyKey: "k" });
  await stripe.client.customers.create({ name: "A", email: "a@example.org" }, { idempotencyKey: "k" });
  expect(count()).toBe(1);
});

test("a replay shows the past: a customer deleted since comes back alive", async () => {
  const { id } = await create("a@example.org");
  await stripe.client.customers.del(id);
  const replay = await create("a@example.org");
  expect(replay).toMatchObject({ id, object: "customer", email: "a@example.org" });
  await expect(stripe.client.customers.retrieve(id)).resolves.toMatchObject({ deleted: true });
});

test("after 24 hours the key is forgotten, not before", async () => {
  const { id } = await create("a@example.org");
  stripe.clock.advance(DAY - 1);
  await expect(create("a@example.org")).resolves.toMatchObject({ id });
  stripe.clock.advance(1);
  const { id: next } = await create("a@example.org");
  expect(next).not.toBe(id);
});

test.each([
  ["other parameters", () => create("b@example.org"), "same parameters"],
  [
    "another endpoint",
    () => stripe.client.customers.update("cus_1", { email: "a@example.org" }, { idempotencyKey: "key" }),
    "same endpoint",
  ],
])("with %s it is a 400 of its own type and without code", async (_case, call, text) => {
  await create("a@example.org");
  const failure = await call().catch((error: unknown) => error);
  expect(failure).toMatchObject({
    type: "StripeIdempotencyError",
    statusCode: 400,
    rawType: "idempotency_error",
    message: expect.stringMatching(new RegExp(`${text}.*'key'`)),
  });
  expect(failure).not.toHaveProperty("code", expect.anything());
});

describe("while the first request is worked on", () => {
  /** A request that is worked on until `finish` is called. */
  const startBusy = async () => {
    stripe.local.faults.add({ kind: "busy", times: 1 });
    const first = create("a@example.org");
    await until(() => finish !== undefined);
    return { first, finish: () => finish?.() };
  };

  test.each(["a@example.org", "b@example.org"])(
    "another with its key is a 409, parameters or not (%s)",
    async (email) => {
      const { first, finish } = await startBusy();
      await expect(create(email)).rejects.toMatchObject({
        type: "StripeAPIError",
        statusCode: 409,
        rawType: "invalid_request_error",
        code: "idempotency_key_in_use",
      });
      finish();
      const { id } = await first;
      await expect(create("a@example.org")).resolves.toMatchObject({ id });
      expect(count()).toBe(1);
    },
  );

  test("the SDK's own retries get over it", async () => {
    const { first, finish } = await startBusy();
    const retrying = stripe.clientWith("sk_test_0123456789abcdef", { maxNetworkRetries: 2 });
    stripe.local.log.clear();
    const second = retrying.customers.create({ email: "a@example.org" }, { idempotencyKey: "key" });
    await until(() => stripe.local.log.entries().length === 1);
    finish();
    await expect(first).resolves.toMatchObject({ id: (await second).id });
  });
});

test.each(["500", "500-after"] as const)("a %s is stored and replayed for a day", async (kind) => {
  stripe.local.faults.add({ kind });
  await expect(create("a@example.org")).rejects.toMatchObject({ statusCode: 500, rawType: "api_error" });
  await expect(create("a@example.org")).rejects.toMatchObject({
    statusCode: 500,
    headers: { "idempotent-replayed": "true" },
  });
  expect(count()).toBe(kind === "500" ? 0 : 1);
  stripe.clock.advance(DAY);
  await expect(create("a@example.org")).resolves.toMatchObject({ object: "customer" });
});

test("an error of the work is stored", async () => {
  const update = () => stripe.client.customers.update("cus_none", {}, { idempotencyKey: "key" });
  await expect(update()).rejects.toMatchObject({ statusCode: 404 });
  await expect(update()).rejects.toMatchObject({ statusCode: 404, headers: { "idempotent-replayed": "true" } });
});

describe("not stored, so that the same key may be used again:", () => {
  test("parameters that do not pass", async () => {
    await expect(create("no-address")).rejects.toMatchObject({ statusCode: 400 });
    await expect(create("a@example.org")).resolves.toMatchObject({ object: "customer" });
  });

  test.each(["429", "lock-timeout", "500-unstored", "html-502", "reset-before"] as const)("%s", async (kind) => {
    stripe.local.faults.add({ kind });
    await expect(create("a@example.org")).rejects.toThrow();
    const made = await create("b@example.org");
    expect(readHeaders(made)).not.toHaveProperty("idempotent-replayed");
  });

  test("a key that is not accepted", async () => {
    const revoked = stripe.clientWith("sk_test_none");
    await expect(revoked.customers.create({}, { idempotencyKey: "key" })).rejects.toMatchObject({ statusCode: 401 });
    await expect(create("b@example.org")).resolves.toMatchObject({ object: "customer" });
  });
});

test("a DELETE ignores the key", async () => {
  const { id } = await create("a@example.org");
  await stripe.client.customers.del(id, {}, { idempotencyKey: "key" });
  await expect(stripe.client.customers.del(id, {}, { idempotencyKey: "key" })).rejects.toMatchObject({
    statusCode: 404,
  });
});

test("a key of 256 characters is refused", async () => {
  await expect(create("a@example.org", "k".repeat(256))).rejects.toMatchObject({ statusCode: 400 });
  await expect(create("a@example.org", "k".repeat(255))).resolves.toMatchObject({ object: "customer" });
});
