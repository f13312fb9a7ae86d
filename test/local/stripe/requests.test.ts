import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type Stripe from "stripe";
import type { Permission } from "../../../local/stripe/keys.ts";
import { SECRET_KEY, startTestStripe, type TestStripe } from "../../support/stripe.ts";

let stripe: TestStripe;

beforeEach(async () => {
  stripe = await startTestStripe();
});

afterEach(() => stripe.close());

const send = (method: string, path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${stripe.local.port}${path}`, {
    method,
    ...init,
    headers: { authorization: `Bearer ${SECRET_KEY}`, ...init.headers },
  });

describe("an unknown route answers in Stripe's error shape", () => {
  test.each([
    ["GET", "/"],
    ["GET", "/v1/charges"],
    ["PATCH", "/v1/customers"],
    ["PUT", "/v1/customers/cus_1"],
    ["GET", "/v1/customers/cus_1/sources"],
  ])("%s %s", async (method, path) => {
    const response = await send(method, path);
    expect(response.status).toBe(404);
    expect(response.headers.get("request-id")).toMatch(/^req_/);
    await expect(response.json()).resolves.toEqual({
      error: {
        type: "invalid_request_error",
        message: expect.stringContaining(`Unrecognized request URL (${method}: ${path}).`),
      },
    });
  });

  test("which the SDK throws", async () => {
    await expect(stripe.client.charges.list()).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 404,
    });
  });
});

test("every answer has a request id of its own and the API version", async () => {
  const first = await stripe.client.customers.list();
  const second = await stripe.client.customers.list();
  expect(first.lastResponse).toMatchObject({
    requestId: expect.stringMatching(/^req_/),
    apiVersion: stripe.client.getApiField("version"),
  });
  expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
});

test("a request without a version gets the one of the SDK, another version is refused", async () => {
  const response = await send("GET", "/v1/customers");
  expect(response.headers.get("stripe-version")).toBe(stripe.client.getApiField("version"));
  const refused = await send("GET", "/v1/customers", { headers: { "stripe-version": "2019-01-01" } });
  expect(refused.status).toBe(400);
});

describe("API keys", () => {
  test.each([
    ["an unknown key", "rk_test_0000000000009876", "Invalid API Key provided: rk_test_************9876"],
    ["a live key", "sk_live_0000000000009876", "Invalid API Key provided: sk_live_************9876"],
    ["no key at all", "word", "Invalid API Key provided: word"],
  ])("%s is a 401 that shows no more than its end", async (_case, secret, message) => {
    await expect(stripe.clientWith(secret).customers.list()).rejects.toMatchObject({
      type: "StripeAuthenticationError",
      statusCode: 401,
      message,
    });
  });

  test("a key that has expired, or was revoked, is a 401", async () => {
    stripe.local.keys.add({ secret: "sk_test_expired", expired: true });
    await expect(stripe.clientWith("sk_test_expired").customers.list()).rejects.toMatchObject({
      statusCode: 401,
      code: "api_key_expired",
    });
    stripe.local.keys.revoke(SECRET_KEY);
    await expect(stripe.client.customers.list()).rejects.toMatchObject({ statusCode: 401 });
  });

  test("a publishable key is refused", async () => {
    await expect(stripe.clientWith("pk_test_1").customers.list()).rejects.toMatchObject({
      code: "secret_key_required",
      statusCode: 403,
    });
  });

  test.each([
    ["", 401],
    ["Bearer", 401],
    ["Digest abc", 401],
    [`Basic ${btoa(":")}`, 401],
    [`Basic ${btoa(`${SECRET_KEY}:`)}`, 200],
    [`bearer ${SECRET_KEY}`, 200],
  ])("authorization '%s' is answered %i", async (authorization, status) => {
    const response = await send("GET", "/v1/customers", { headers: { authorization } });
    expect(response.status).toBe(status);
  });

  test("an account without keys is given one that may write customers", async () => {
    const own = await startTestStripe({ keys: [] });
    const [key] = own.local.keys.all();
    await expect(own.clientWith(key!.secret).customers.create()).resolves.toMatchObject({ object: "customer" });
    await own.close();
  });

  test("a key of another form is refused when it is added", () => {
    expect(() => stripe.local.keys.add({ secret: "sk_live_1" })).toThrow(/sk_test_/);
  });
});

describe("a restricted key", () => {
  type Call = (customers: Stripe["customers"]) => Promise<unknown>;
  const calls: [string, Permission, Call][] = [
    ["list", "rak_customer_read", (customers) => customers.list()],
    ["retrieve", "rak_customer_read", (customers) => customers.retrieve("cus_none")],
    ["search", "rak_customer_read", (customers) => customers.search({ query: "name:'x'" })],
    ["create", "rak_customer_write", (customers) => customers.create()],
    ["create with bad parameters", "rak_customer_write", (customers) => customers.create({ email: "x" })],
    ["update", "rak_customer_write", (customers) => customers.update("cus_none", {})],
    ["delete", "rak_customer_write", (customers) => customers.del("cus_none")],
  ];

  test.each(calls)("without permissions may not %s, and is told to have %s", async (_call, permission, call) => {
    const { customers } = stripe.clientThatMay("rak_product_read");
    const failure = await call(customers).catch((error: Stripe.errors.StripeError) => error);
    expect(failure).toMatchObject({
      type: "StripePermissionError",
      statusCode: 403,
      rawType: "invalid_request_error",
      message: expect.stringMatching(
        new RegExp(`^The provided key 'rk_test_\\*+\\w{4}' .* on account '${stripe.local.accountId}'.*'${permission}'`),
      ),
    });
    expect(failure).not.toHaveProperty("code", expect.anything());
  });

  test("that may write may read", async () => {
    const { customers } = stripe.clientThatMay("rak_customer_write");
    const { id } = await customers.create();
    await expect(customers.retrieve(id)).resolves.toMatchObject({ id });
  });

  test("that may read may not write", async () => {
    await expect(stripe.clientThatMay("rak_customer_read").customers.create()).rejects.toMatchObject({
      statusCode: 403,
    });
  });
});

describe("rate limits", () => {
  test("are off until set", async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => stripe.client.customers.list()));
    expect(answers).toHaveLength(30);
  });

  test.each([
    [{ perEndpoint: 2 }, "endpoint-rate"],
    [{ total: 2 }, "global-rate"],
  ])("of %j refuse the third in a second, saying why", async (settings, reason) => {
    stripe.local.rateLimits.set(settings);
    const list = () => stripe.client.customers.list();
    await list();
    await list();
    await expect(list()).rejects.toMatchObject({
      type: "StripeRateLimitError",
      statusCode: 429,
      code: "rate_limit",
      headers: { "stripe-rate-limited-reason": reason },
    });
    stripe.clock.advance(1000);
    await expect(list()).resolves.toMatchObject({ object: "list" });
  });

  test("count an endpoint whatever the id, and another endpoint apart", async () => {
    stripe.local.rateLimits.set({ perEndpoint: 1 });
    const { id } = await stripe.client.customers.create();
    await stripe.client.customers.retrieve(id);
    await expect(stripe.client.customers.retrieve("cus_other")).rejects.toMatchObject({ statusCode: 429 });
  });
});

describe("form parameters", () => {
  const post = (body: string) =>
    send("POST", "/v1/customers", {
      body,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });

  test.each([
    ["metadata%5Ba%5D=1&metadata[b]=2", { metadata: { a: "1", b: "2" } }],
    ["preferred_locales[]=en&preferred_locales[]=fr", { preferred_locales: ["en", "fr"] }],
    ["preferred_locales[1]=fr&preferred_locales[0]=en", { preferred_locales: ["en", "fr"] }],
    ["name=a%2Bb+c", { name: "a+b c" }],
    ["name=%F0%9F%98%80", { name: "😀" }],
    ["metadata[__proto__]=x", { metadata: {} }],
    ["preferred_locales=", { preferred_locales: [] }],
    ["name=first&name=last", { name: "last" }],
  ])("%s", async (body, expected) => {
    const response = await post(body);
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toMatchObject(expected);
  });

  test.each(["metadata[a=1", "metadata[a]b=1", "metadata=x&metadata[a]=1", "__proto__=1", "[a]=1"])(
    "%s is refused",
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      await expect(response.json()).resolves.toMatchObject({ error: { type: "invalid_request_error" } });
    },
  );
});

test("the log names requests by route and outcome, without parameters", async () => {
  const { id } = await stripe.client.customers.create({ email: "ada@example.org" }, { idempotencyKey: "k" });
  await stripe.client.customers.create({ email: "ada@example.org" }, { idempotencyKey: "k" });
  await stripe.client.customers.list({ email: "ada@example.org" });
  await stripe.client.customers.retrieve(id);
  expect(stripe.local.log.entries()).toMatchObject([
    { method: "POST", path: "/v1/customers", status: 200, replayed: false, idempotencyKey: "k" },
    { method: "POST", path: "/v1/customers", status: 200, replayed: true, idempotencyKey: "k" },
    { method: "GET", path: "/v1/customers", status: 200 },
    { method: "GET", path: `/v1/customers/${id}`, route: "/v1/customers/:id", outcome: "answer" },
  ]);
  expect(JSON.stringify(stripe.local.log.entries())).not.toContain("example.org");
  stripe.local.log.clear();
  expect(stripe.local.log.entries()).toEqual([]);
});
