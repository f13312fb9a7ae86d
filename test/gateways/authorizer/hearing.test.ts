import { beforeEach, expect, test } from "@jest/globals";
import { type Billing, createBilling } from "../../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { createMovableClock, type MovableClock } from "../../../local/clock.ts";
import { createTestSource, subscribed, type TestBillingSource } from "../support/billing-source.ts";
import { AUDIENCE, NOW } from "../support/issuer.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let source: TestBillingSource;
let clock: MovableClock;
let lines: string[];
let hears: boolean;
let billing: Billing;
beforeEach(() => {
  source = createTestSource();
  source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
  clock = createMovableClock(() => NOW * 1000);
  lines = [];
  hears = true;
  billing = createBilling({
    rules: parseBillingRules({ scopes: [{ method: "get", baseURL: "reports" }] }),
    source,
    audience: AUDIENCE,
    clock: clock.now,
    hearsChanges: () => hears,
    log: (line) => lines.push(line),
  });
});

const ask = async (claims: Record<string, unknown> = { [`${AUDIENCE}stripe_customer_id`]: "cus_1" }) =>
  (await billing.charge({ claims, scopes: ["get:reports"], metered: undefined })).kind;
const countReads = (of: string) => source.calls.filter((call) => call.startsWith(of)).length;
/** Every ten minutes, beginning now. */
const askFor = async (time: number, claims?: Record<string, unknown>) => {
  for (let passed = 0; passed < time; passed += 10 * MINUTE) {
    expect(await ask(claims)).toBe("paid");
    clock.advance(10 * MINUTE);
  }
};

test("where changes are heard of, who pays is read once a day, and so are the products", async () => {
  await askFor(DAY);
  expect(source.calls.toSorted()).toEqual(["products", "subscriptions cus_1"]);
  await askFor(DAY);
  expect(countReads("subscriptions")).toBe(2);
});

test("where they are not, every hour", async () => {
  hears = false;
  await askFor(DAY);
  expect(countReads("subscriptions")).toBeGreaterThan(20);
});

test("as soon as they are not heard of any more, what is known has its hour again", async () => {
  await askFor(3 * HOUR);
  expect(countReads("subscriptions")).toBe(1);
  hears = false;
  await ask();
  expect(countReads("subscriptions")).toBe(2);
});

test("a cancellation that is heard of counts at once", async () => {
  await askFor(3 * HOUR);
  billing.takeSubscriptions("cus_1", [], { readAt: clock.now() });
  expect(await ask()).toBe("refused");
});

test("a no is looked at again as before: whoever pays is let in, whether that is heard of or not", async () => {
  source.subscriptions.set("cus_1", []);
  expect(await ask()).toBe("refused");
  source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
  clock.advance(MINUTE);
  expect(await ask()).toBe("paid");
});

test("whose customers an email has is never heard of, and read every hour", async () => {
  source.customers.set("anna@example.com", ["cus_1"]);
  const email = { [`${AUDIENCE}email`]: "anna@example.com", [`${AUDIENCE}email_verified`]: true };
  await askFor(6 * HOUR, email);
  expect(countReads("customers")).toBeGreaterThan(4);
});

test("a change that is found and was not heard of is said, and ends the trust for a week", async () => {
  await askFor(DAY);
  source.subscriptions.set("cus_1", [subscribed("active", "prod_reports", "prod_orders")]);
  await askFor(10 * MINUTE);
  expect(lines.filter((line) => line.includes("no webhook has told"))).toHaveLength(1);
  const before = countReads("subscriptions");
  await askFor(5 * HOUR);
  expect(countReads("subscriptions") - before).toBeGreaterThan(3);
  clock.advance(7 * DAY);
  await ask();
  const later = countReads("subscriptions");
  await askFor(5 * HOUR);
  expect(countReads("subscriptions")).toBe(later);
});

test("while Stripe does not answer, who was read within the day goes on being let in for another", async () => {
  await askFor(DAY);
  source.isDown = true;
  await askFor(20 * HOUR);
});
