import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { createBilling } from "../../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { createMovableClock, type MovableClock } from "../../../local/clock.ts";
import { createTestSource, subscribed, type TestBillingSource } from "../support/billing-source.ts";
import { AUDIENCE, NOW } from "../support/issuer.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let source: TestBillingSource;
let clock: MovableClock;
let lines: string[];
beforeEach(() => {
  lines = [];
  source = createTestSource();
  clock = createMovableClock(() => NOW * 1000);
});
afterEach(() => {
  jest.useRealTimers();
});

const SCOPES = [
  { method: "get", baseURL: "reports", meter: "get_reports" },
  { method: "post", baseURL: "orders" },
  { scope: "read:exports", productId: "prod_exports", meter: "exports", value: 5 },
];
const openBilling = (more: Record<string, unknown> = {}, timeout = 50) =>
  createBilling({
    rules: parseBillingRules({ scopes: SCOPES, ...more }),
    source,
    audience: AUDIENCE,
    clock: clock.now,
    timeout,
    log: (line) => lines.push(line),
  });
const CUSTOMER = { [`${AUDIENCE}stripe_customer_id`]: "cus_1" };
const EMAIL = { [`${AUDIENCE}email`]: "Anna@example.com", [`${AUDIENCE}email_verified`]: true };
type Billing = ReturnType<typeof openBilling>;
const ask = (billing: Billing, scope = "get:reports", claims: Record<string, unknown> = CUSTOMER, metered?: boolean) =>
  billing.charge({ claims, scopes: [scope], metered });
const REPORTS_USAGE = { customer: "cus_1", meter: "get_reports", value: 1 };
const PAID = { kind: "paid", customer: "cus_1", usage: REPORTS_USAGE };
const UNPAID = { kind: "refused", code: "subscription_missing" };
const UNKNOWN = { kind: "refused", code: "billing_unavailable" };

describe("what counts as paid", () => {
  test.each([
    ["active", "active", PAID],
    ["trialing", "trialing", PAID],
    ["past_due", "past_due", UNPAID],
    ["incomplete", "incomplete", UNPAID],
    ["incomplete_expired", "incomplete_expired", UNPAID],
    ["canceled", "canceled", UNPAID],
    ["unpaid", "unpaid", UNPAID],
    ["paused", "paused", UNPAID],
    ["a status that Stripe may add", "brand_new", UNPAID],
  ])("%s", async (_name, status, charge) => {
    source.subscriptions.set("cus_1", [subscribed(status, "prod_reports")]);
    expect(await ask(openBilling())).toEqual(charge);
  });

  test("past_due where that is chosen", async () => {
    source.subscriptions.set("cus_1", [subscribed("past_due", "prod_reports")]);
    expect(await ask(openBilling({ pastDue: "allow" }))).toEqual(PAID);
  });

  test.each([
    ["no subscription", []],
    ["one for another product", [subscribed("active", "prod_orders")]],
    ["one for a product whose id begins alike", [subscribed("active", "prod_reports_pro")]],
    [
      "one that is over, beside another product's",
      [subscribed("canceled", "prod_reports"), subscribed("active", "prod_orders")],
    ],
    ["one without items", [subscribed("active")]],
  ])("%s does not", async (_name, subscriptions) => {
    source.subscriptions.set("cus_1", subscriptions);
    expect(await ask(openBilling())).toEqual(UNPAID);
  });

  test.each([
    ["any item of a subscription", "get:reports", [subscribed("active", "prod_x", "prod_reports")], REPORTS_USAGE],
    ["any of two products of that name", "post:orders", [subscribed("active", "prod_orders_old")], undefined],
    [
      "a product by its id",
      "read:exports",
      [subscribed("active", "prod_exports")],
      { customer: "cus_1", meter: "exports", value: 5 },
    ],
  ])("%s does", async (_name, scope, subscriptions, usage) => {
    source.subscriptions.set("cus_1", subscriptions);
    expect(await ask(openBilling(), scope)).toEqual({ kind: "paid", customer: "cus_1", usage });
  });

  test("a route may say that its requests do not count", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    expect(await ask(openBilling(), "get:reports", CUSTOMER, false)).toEqual({ ...PAID, usage: undefined });
  });

  test("a scope that costs nothing asks nobody", async () => {
    source.isDown = true;
    expect(await ask(openBilling(), "get:users", {})).toEqual({ kind: "paid", customer: undefined, usage: undefined });
    expect(source.calls).toEqual([]);
  });

  test("a product that was made after the catalogue was read is found, and is looked for once a minute at most", async () => {
    const billing = openBilling();
    source.products.delete("get:reports");
    source.subscriptions.set("cus_1", [subscribed("active", "prod_new")]);
    expect(await ask(billing)).toEqual(UNPAID);
    source.products.set("get:reports", ["prod_new"]);
    expect(await ask(billing)).toEqual(UNPAID);
    clock.advance(MINUTE);
    expect(await ask(billing)).toEqual(PAID);
    for (let i = 0; i < 5; i++) await ask(billing);
    expect(source.calls.filter((call) => call === "products")).toHaveLength(2);
  });
});

test("a no is looked at again without the catalogue, where that knows all that was bought", async () => {
  const billing = openBilling();
  source.subscriptions.set("cus_1", [subscribed("active", "prod_orders")]);
  for (let minute = 0; minute < 3; minute += 1) {
    expect(await ask(billing)).toEqual(UNPAID);
    clock.advance(MINUTE);
  }
  expect(source.calls.toSorted()).toEqual([
    "products",
    "subscriptions cus_1",
    "subscriptions cus_1",
    "subscriptions cus_1",
  ]);
});

describe("who pays", () => {
  beforeEach(() => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    source.customers.set("Anna@example.com", ["cus_0", "cus_1"]);
    source.customers.set("lapsed@example.com", ["cus_2"]);
  });

  test("the customer in the token, without a search by email", async () => {
    expect(await ask(openBilling(), "get:reports", { ...EMAIL, ...CUSTOMER })).toEqual(PAID);
    expect(source.calls.toSorted()).toEqual(["products", "subscriptions cus_1"]);
  });

  test("else the customers with the verified email: the one that subscribes", async () => {
    expect(await ask(openBilling(), "get:reports", EMAIL)).toEqual(PAID);
  });

  test.each([
    ["nobody", {}, "customer_unknown"],
    ["an email that is not verified", { ...EMAIL, [`${AUDIENCE}email_verified`]: false }, "customer_unknown"],
    ["an email verified by a word", { ...EMAIL, [`${AUDIENCE}email_verified`]: "true" }, "customer_unknown"],
    ["an email without a word on that", { [`${AUDIENCE}email`]: "Anna@example.com" }, "customer_unknown"],
    ["claims without their name space", { email: "Anna@example.com", email_verified: true }, "customer_unknown"],
    ["a customer id that is none", { ...EMAIL, [`${AUDIENCE}stripe_customer_id`]: "../products" }, "customer_unknown"],
    ["an empty customer id", { ...EMAIL, [`${AUDIENCE}stripe_customer_id`]: "" }, "customer_unknown"],
    ["a list of customer ids", { [`${AUDIENCE}stripe_customer_id`]: ["cus_1"] }, "customer_unknown"],
    ["an email that no customer has", { ...EMAIL, [`${AUDIENCE}email`]: "b@example.com" }, "customer_unknown"],
    [
      "an email whose customer pays no more",
      { ...EMAIL, [`${AUDIENCE}email`]: "lapsed@example.com" },
      "customer_unknown",
    ],
    ["a customer that does not subscribe", { [`${AUDIENCE}stripe_customer_id`]: "cus_2" }, "subscription_missing"],
  ])("%s is refused", async (_name, claims, code) => {
    expect(await ask(openBilling(), "get:reports", claims)).toEqual({ kind: "refused", code });
  });

  test("claims of other names, where the rules say so", async () => {
    expect(
      await ask(openBilling({ customerClaim: "https://x/customer" }), "get:reports", { "https://x/customer": "cus_1" }),
    ).toEqual(PAID);
  });

  test("claims of another namespace, as add-email-claim has it for an API that cannot be renamed", async () => {
    const rules = { claimNamespace: "https://ledger.example/" };
    const customer = { "https://ledger.example/stripe_customer_id": "cus_1" };
    const email = { "https://ledger.example/email": "Anna@example.com", "https://ledger.example/email_verified": true };
    expect(await ask(openBilling(rules), "get:reports", customer)).toEqual(PAID);
    expect(await ask(openBilling(rules), "get:reports", email)).toEqual(PAID);
    expect(await ask(openBilling(rules), "get:reports", EMAIL)).toMatchObject({ kind: "refused" });
    const named = { ...rules, customerClaim: "https://x/customer" };
    expect(await ask(openBilling(named), "get:reports", { "https://x/customer": "cus_1" })).toEqual(PAID);
  });
});

describe("how often Stripe is asked", () => {
  const reads = () => source.calls.filter((call) => call === "subscriptions cus_1").length;

  test("once for a thousand requests at the same time, and once for an hour after", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling();
    const charges = await Promise.all(Array.from({ length: 1000 }, () => ask(billing)));
    expect(charges.every(({ kind }) => kind === "paid")).toBe(true);
    for (let i = 0; i < 59; i++) {
      clock.advance(MINUTE);
      await ask(billing);
    }
    expect(source.calls.toSorted()).toEqual(["products", "subscriptions cus_1"]);
    expect(billing.ration.spent).toBe(2);
  });

  test("after the hour the old answer stands while a new one is on its way, for five minutes", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling();
    await ask(billing);
    source.subscriptions.set("cus_1", []);
    clock.advance(HOUR);
    expect(await ask(billing)).toEqual(PAID);
    await setImmediate();
    expect(await ask(billing)).toEqual(UNPAID);
    expect(reads()).toBe(2);
  });

  test("later than that a request waits for the new answer", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling();
    await ask(billing);
    source.subscriptions.set("cus_1", []);
    clock.advance(HOUR + 5 * MINUTE);
    expect(await ask(billing)).toEqual(UNPAID);
  });

  test("who does not pay is asked about after 30 s, then 60 s, and in ten minutes at the latest", async () => {
    const billing = openBilling();
    const askedAt: number[] = [];
    for (let second = 0; second <= 3600; second += 10) {
      const before = reads();
      expect(await ask(billing)).toEqual(UNPAID);
      if (reads() > before) askedAt.push(second);
      clock.advance(10 * SECOND);
    }
    expect(askedAt).toEqual([0, 30, 90, 210, 450, 930, 1530, 2130, 2730, 3330]);
  });

  test("who subscribes is let in as soon as the change is known", async () => {
    const billing = openBilling();
    expect(await ask(billing)).toEqual(UNPAID);
    source.subscriptions.set("cus_1", [subscribed("trialing", "prod_reports")]);
    expect(await ask(billing)).toEqual(UNPAID);
    billing.takeSubscriptions("cus_1", [subscribed("trialing", "prod_reports")], { readAt: clock.now() });
    expect(await ask(billing)).toEqual(PAID);
    expect(reads()).toBe(1);
  });

  test("what was heard of a customer before anybody asked costs no read", async () => {
    const billing = openBilling();
    billing.takeSubscriptions("cus_1", [subscribed("active", "prod_reports")], { readAt: clock.now() });
    billing.takeProducts(new Map([["get:reports", ["prod_reports"]]]), { readAt: clock.now() });
    expect(await ask(billing)).toEqual(PAID);
    expect(source.calls).toEqual([]);
  });

  test("what was read before what is known is not taken", async () => {
    const billing = openBilling();
    await ask(billing);
    billing.takeSubscriptions("cus_1", [subscribed("active", "prod_reports")], { readAt: clock.now() - 1 });
    expect(await ask(billing)).toEqual(UNPAID);
  });

  test("who cancels is refused as soon as the change is known", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling();
    expect(await ask(billing)).toEqual(PAID);
    billing.takeSubscriptions("cus_1", [subscribed("canceled", "prod_reports")], { readAt: clock.now() });
    expect(await ask(billing)).toEqual(UNPAID);
  });

  test("an answer that was under way before the change does not hide it", async () => {
    const billing = openBilling({}, 1000);
    let open = () => {};
    source.gate = new Promise((resolve) => {
      open = resolve;
    });
    const early = ask(billing);
    await setImmediate();
    billing.takeSubscriptions("cus_1", [subscribed("active", "prod_reports")], { readAt: clock.now() });
    open();
    expect(await early).toEqual(PAID);
    expect(await ask(billing)).toEqual(PAID);
    expect(reads()).toBe(1);
  });

  test("the month's ration is never overspent, and what is known goes on being used", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling({ readsPerMonth: 100, cacheSeconds: 60 });
    let served = 0;
    for (let minute = 0; minute < 30 * 24 * 6; minute++) {
      if ((await ask(billing)).kind === "paid") served += 1;
      await ask(billing, "get:reports", { [`${AUDIENCE}stripe_customer_id`]: `cus_try${minute}` });
      clock.advance(10 * MINUTE);
    }
    expect(source.calls.length).toBeLessThanOrEqual(100);
    expect(source.calls.length).toBeGreaterThan(90);
    expect(served).toBeGreaterThan(0);
  });

  test("the scarcer the reads, the longer an answer has to do: nobody who pays is refused for want of them", async () => {
    const billing = openBilling({ readsPerMonth: 200 });
    const payers = Array.from({ length: 10 }, (_, index) => `cus_${index}`);
    for (const payer of payers) source.subscriptions.set(payer, [subscribed("active", "prod_reports")]);
    for (let hour = 0; hour < 60 * 24; hour++) {
      for (const payer of payers)
        expect((await ask(billing, "get:reports", { [`${AUDIENCE}stripe_customer_id`]: payer })).kind).toBe("paid");
      clock.advance(HOUR);
    }
    // Two months' ration at most, where an hour each would have taken 14,400.
    expect(source.calls.length).toBeLessThanOrEqual(300);
  });
});

describe("a no is looked at again within minutes, whatever else is paid for", () => {
  test("who buys another product beside the one they have", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_orders")]);
    const billing = openBilling();
    expect(await ask(billing)).toEqual(UNPAID);
    source.subscriptions.set("cus_1", [subscribed("active", "prod_orders"), subscribed("active", "prod_reports")]);
    expect(await ask(billing)).toEqual(UNPAID);
    clock.advance(30 * SECOND);
    expect(await ask(billing)).toEqual(PAID);
  });

  test("who becomes another customer with the same email by paying", async () => {
    source.customers.set("Anna@example.com", ["cus_0"]);
    source.subscriptions.set("cus_0", [subscribed("active", "prod_orders")]);
    const billing = openBilling();
    expect(await ask(billing, "get:reports", EMAIL)).toEqual({ kind: "refused", code: "customer_unknown" });
    source.customers.set("Anna@example.com", ["cus_0", "cus_1"]);
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    clock.advance(30 * SECOND);
    expect(await ask(billing, "get:reports", EMAIL)).toEqual(PAID);
  });

  test("while others ask all day, who asks for the first time and then pays does not wait for them", async () => {
    const billing = openBilling();
    for (let step = 0; step < 10 * 24 * 6; step++) {
      for (let index = 0; index < 10; index++)
        await ask(billing, "get:reports", { [`${AUDIENCE}stripe_customer_id`]: `cus_free${index}` });
      clock.advance(10 * MINUTE);
    }
    expect(lines).toEqual([]);
    expect(await ask(billing)).toEqual(UNPAID);
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    clock.advance(30 * SECOND);
    expect(await ask(billing)).toEqual(PAID);
  });
});

describe("while this process has no reads left", () => {
  const poor = { readsPerMonth: 6 };

  test("what was paid for when last read goes on counting, and it is said once an hour", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling({ ...poor, onStripeError: "deny" });
    await ask(billing);
    clock.advance(10 * HOUR);
    for (let minute = 0; minute < 90; minute++) {
      expect(await ask(billing)).toEqual(PAID);
      clock.advance(MINUTE);
    }
    expect(source.calls).toHaveLength(2);
    expect(lines).toEqual([
      expect.stringMatching(/^billing: this process has used up its reads of Stripe for now: .* goes on counting/),
      expect.stringMatching(/goes on counting/),
    ]);
  });

  test("a payer is let through for a quarter of a year, and a day longer when Stripe then does not answer", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling(poor);
    await ask(billing);
    for (let day = 0; day < 90; day++) {
      clock.advance(24 * HOUR);
      expect(await ask(billing)).toEqual(PAID);
    }
    source.isDown = true;
    clock.advance(23 * HOUR);
    expect(await ask(billing)).toEqual(PAID);
  });

  test("a customer who was never read is unknown, and it is said", async () => {
    const billing = openBilling(poor);
    await ask(billing);
    expect(await ask(billing, "get:reports", { [`${AUDIENCE}stripe_customer_id`]: "cus_2" })).toEqual(UNKNOWN);
    expect(lines).toEqual([expect.stringContaining("who has not been read yet is answered 503")]);
  });

  test("processes that share an account have a part of it each", async () => {
    expect(openBilling().ration.left).toBe(5000);
    expect(openBilling({ processes: 4 }).ration.left).toBe(1250);
  });

  test("each payer brings what Stripe gives for a transaction", async () => {
    const billing = openBilling();
    const read = () => source.calls.length;
    for (let index = 0; index < 100; index++)
      billing.takeSubscriptions(`cus_${index}`, [subscribed("active", "prod_reports")], { readAt: clock.now() });
    expect(billing.ration.left).toBe(25_000);
    expect(read()).toBe(0);
  });
});

describe("while Stripe does not answer", () => {
  test("it is not asked for each customer, and what payers need is still there afterwards", async () => {
    const billing = openBilling();
    await ask(billing, "get:reports", { [`${AUDIENCE}stripe_customer_id`]: "cus_first" });
    source.isDown = true;
    for (let second = 0; second < 3600; second++) {
      await ask(billing, "get:reports", { [`${AUDIENCE}stripe_customer_id`]: `cus_${second}` });
      clock.advance(SECOND);
    }
    expect(source.calls.length).toBeLessThan(200);
    expect(billing.ration.left).toBeGreaterThan(4000);
    source.isDown = false;
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    clock.advance(MINUTE);
    expect(await ask(billing)).toEqual(PAID);
  });

  test("a customer who was never read is unknown", async () => {
    source.isDown = true;
    expect(await ask(openBilling())).toEqual(UNKNOWN);
    expect(await ask(openBilling(), "get:reports", EMAIL)).toEqual(UNKNOWN);
  });

  test("it is not asked again for two seconds", async () => {
    source.isDown = true;
    const billing = openBilling();
    for (let i = 0; i < 20; i++) await ask(billing);
    expect(source.calls).toHaveLength(2);
    clock.advance(2 * SECOND);
    await ask(billing);
    expect(source.calls).toHaveLength(4);
  });

  test.each<[string, object, RegExp]>([
    ["an outage", {}, /^billing: Stripe does not say what customers pay for \(Error\): .* onStripeError .*$/],
    [
      "a key that Stripe refuses",
      { type: "StripeAuthenticationError", statusCode: 401, code: "Bearer rk_live_secret" },
      /\(StripeAuthenticationError 401\).*STRIPE_GATEWAY_KEY/,
    ],
    [
      "a key that may not read them",
      { type: "StripePermissionError", statusCode: 403, code: "more_permissions_required" },
      /\(StripePermissionError 403 more_permissions_required\).*STRIPE_GATEWAY_KEY/,
    ],
  ])("%s is said, once an hour for what cannot be read, and quotes nothing", async (_case, facts, line) => {
    const fail = async () => {
      throw Object.assign(new Error("rk_live_secret"), facts);
    };
    source.readSubscriptions = fail;
    const billing = openBilling();
    for (let minute = 0; minute < 61; minute++) {
      expect(await ask(billing)).toEqual(UNKNOWN);
      clock.advance(MINUTE);
    }
    expect(lines).toEqual([expect.stringMatching(line), expect.stringMatching(line)]);
    expect(lines.join()).not.toContain("rk_live");
    source.readProducts = fail;
    await ask(openBilling());
    expect(lines.join("\n")).toMatch(/does not say what products there are/);
    source.readCustomers = fail;
    await ask(openBilling(), "get:reports", EMAIL);
    expect(lines.join("\n")).toMatch(/does not say whose customers there are/);
  });

  test("what is known serves for a day, and no longer", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    const billing = openBilling();
    await ask(billing);
    source.isDown = true;
    clock.advance(23 * HOUR);
    expect(await ask(billing)).toEqual(PAID);
    clock.advance(HOUR + 1);
    expect(await ask(billing)).toEqual(UNKNOWN);
  });

  test.each([
    ["deny: what is no longer fresh is unknown", "deny", CUSTOMER, UNKNOWN],
    ["allow: a named customer is let through, and counted", "allow", CUSTOMER, PAID],
    ["allow: without a customer there is nobody to count for", "allow", EMAIL, UNKNOWN],
  ])("%s", async (_name, onStripeError, claims, charge) => {
    source.isDown = true;
    const billing = openBilling({ onStripeError });
    expect(await ask(billing, "get:reports", claims)).toEqual(charge);
  });

  test("allow does not let through who is known not to pay", async () => {
    const billing = openBilling({ onStripeError: "allow" });
    expect(await ask(billing)).toEqual(UNPAID);
    source.isDown = true;
    clock.advance(HOUR);
    expect(await ask(billing)).toEqual(UNPAID);
  });

  test("a request waits no longer than its limit, and the late answer serves the next", async () => {
    source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] });
    const billing = openBilling({}, 3_000);
    let open = () => {};
    source.gate = new Promise((resolve) => {
      open = resolve;
    });
    let answer: unknown;
    void Promise.resolve(ask(billing)).then((charge) => {
      answer = charge;
    });
    await jest.advanceTimersByTimeAsync(2_999);
    expect(answer).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(answer).toEqual(UNKNOWN);
    open();
    await setImmediate();
    expect(await ask(billing)).toEqual(PAID);
    expect(source.calls).toHaveLength(2);
  });
});

describe("rules that cannot be used are refused", () => {
  test.each([
    ["a list", [], /scopes/],
    ["no scopes", {}, /scopes/],
    ["a scope as a text", { scopes: ["get:users"] }, /scopes\[0\]: expected an object/],
    ["no path", { scopes: [{ method: "get" }] }, /method.*baseURL/],
    ["more than the first segment", { scopes: [{ method: "get", baseURL: "users/12" }] }, /baseURL/],
    ["scope and method", { scopes: [{ scope: "a:b", method: "get" }] }, /scope/],
    ["a scope with a quote", { scopes: [{ scope: 'a"b' }] }, /scope/],
    ["a scope twice", { scopes: [{ method: "get", baseURL: "users" }, { scope: "get:users" }] }, /listed twice/],
    ["product and productId", { scopes: [{ scope: "a", product: "x", productId: "prod_1" }] }, /productId/],
    [
      "a price's id for a product's",
      { scopes: [{ scope: "a", productId: "price_1" }] },
      /productId: expected a product's id/,
    ],
    [
      "a plan's id for a product's",
      { scopes: [{ scope: "a", productId: "plan_1" }] },
      /productId: expected a product's id/,
    ],
    ["an empty product", { scopes: [{ scope: "a", product: "" }] }, /product/],
    ["a member that is misspelt", { scopes: [{ scope: "a", metre: "m" }] }, /metre/],
    ["a setting that is misspelt", { scopes: [], cacheSecond: 1 }, /cacheSecond/],
    ["a value without a meter", { scopes: [{ scope: "a", value: 2 }] }, /value/],
    ["a value of nothing", { scopes: [{ scope: "a", meter: "m", value: 0 }] }, /value/],
    ["half a unit", { scopes: [{ scope: "a", meter: "m", value: 0.5 }] }, /value/],
    ["a meter with a space", { scopes: [{ scope: "a", meter: "a b" }] }, /meter/],
    ["an unknown choice", { scopes: [], onStripeError: "shrug" }, /onStripeError/],
    ["a time of nothing", { scopes: [], cacheSeconds: 0 }, /cacheSeconds/],
    ["half a read", { scopes: [], readsPerMonth: 0 }, /readsPerMonth/],
    ["no process", { scopes: [], processes: 0 }, /processes/],
    ["a time that is not a number", { scopes: [], negativeCacheSeconds: "30" }, /negativeCacheSeconds/],
    ["a namespace without its slash", { scopes: [], claimNamespace: "https://ledger.example" }, /claimNamespace/],
    ["a namespace that is not https", { scopes: [], claimNamespace: "http://ledger.example/" }, /claimNamespace/],
    ["an empty claim", { scopes: [], customerClaim: "" }, /customerClaim/],
  ])("%s", (_name, value, message) => {
    expect(() => parseBillingRules(value)).toThrow(message);
  });

  test("the original format is read as it was meant", () => {
    const rules = parseBillingRules({ scopes: [{ method: "GET", baseURL: "/Users" }] });
    expect([...rules.paid.values()]).toEqual([
      { scope: "get:users", product: { kind: "name", name: "get:users" }, usage: undefined },
    ]);
  });
});
