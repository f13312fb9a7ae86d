import { expect, test } from "@jest/globals";
import type { Price } from "../../../gateways/billing-portal/offers.ts";
import { planRows } from "../../../gateways/billing-portal/plan-rows.ts";
import { renderPrice } from "../../../gateways/billing-portal/render-money.ts";
import { renderPortal } from "../../../gateways/billing-portal/render-portal.ts";

const price: Price = { id: "price_1", amount: "900", currency: "usd", interval: "month", meter: undefined };
const offer = { scope: "get:reports", products: ["prod_1", "prod_2"], name: "Reports", price };
const DAY = 86_400;
const NOW = Date.UTC(2026, 10, 20) / 1000;
const subscription = (status: string, changes: object = {}) => ({
  id: `sub_${status}`,
  status,
  cancelAt: undefined,
  items: [{ product: "prod_2", meter: "mtr_1", periodStart: NOW - DAY, periodEnd: NOW + DAY }],
  ...changes,
});

test("a script in every field that Stripe or Auth0 can hold is shown as text", async () => {
  const script = `'"><script>alert(1)</script>`;
  const rows = planRows(
    [{ ...offer, scope: script, name: script, price: { ...price, id: script, interval: script, meter: script } }],
    [subscription("active", { id: script })],
    NOW,
  );
  const page = await renderPortal({
    path: "/billing",
    email: script,
    statement: { rows: rows.map((row) => ({ ...row, used: 1 })) },
    organization: script,
    mayPay: true,
    formToken: script,
    returnTo: `https://app.example.com/${script}`,
    hasCustomer: true,
  });
  const text = await page.text();
  expect(text).not.toMatch(/<script|'"/);
  // The email, the heading, the scope, the price's interval, the subscription, the tokens of two forms, the label and the link.
  expect(text.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)?.length).toBeGreaterThanOrEqual(8);
});

test.each<[string, ReturnType<typeof subscription>[], object]>([
  ["nothing", [], { kind: "none" }],
  [
    "another product's",
    [subscription("active", { items: [{ ...subscription("x").items[0], product: "prod_9" }] })],
    { kind: "none" },
  ],
  ["an active one", [subscription("active")], { kind: "active", until: NOW + DAY }],
  [
    "one that is cancelled and not over",
    [subscription("active", { cancelAt: NOW + 9 })],
    { kind: "ending", until: NOW + 9 },
  ],
  ["a trial", [subscription("trialing")], { kind: "trial", until: NOW + DAY }],
  ["one whose payment is late", [subscription("past_due")], { kind: "late" }],
  ["one that was never paid", [subscription("incomplete")], { kind: "late" }],
  ["one that is paused", [subscription("paused")], { kind: "late" }],
  [
    "a late and an active one",
    [subscription("past_due"), subscription("active")],
    { kind: "active", until: NOW + DAY },
  ],
])("with %s it stands as %j", (_what, subscriptions, standing) => {
  expect(planRows([offer], subscriptions, NOW)).toEqual([expect.objectContaining({ standing })]);
});

test("usage is that of the period which is billed next, or of the month in UTC", () => {
  const metered = { ...offer, price: { ...price, meter: "mtr_1" } };
  const usageOf = (subscriptions: ReturnType<typeof subscription>[]) =>
    planRows([metered], subscriptions, NOW)[0]!.usage;
  expect(usageOf([subscription("active")])).toEqual({ meter: "mtr_1", from: NOW - DAY });
  expect(usageOf([])).toEqual({ meter: "mtr_1", from: Date.UTC(2026, 10, 1) / 1000 });
  expect(planRows([offer], [], NOW)[0]!.usage).toBeUndefined();
});

test.each<[Partial<Price>, string]>([
  [{}, "$9.00, billed every month"],
  [{ amount: "0.5", meter: "mtr_1" }, "$0.005 for each request, billed every month"],
  [{ amount: "500", currency: "jpy", interval: "year" }, "¥500, billed every year"],
  [{ amount: "500", currency: "isk" }, "ISK 5, billed every month"],
  [{ amount: "1999", currency: "eur", interval: "3 months" }, "€19.99, billed every 3 months"],
  [{ amount: undefined }, "In tiers, as Stripe's page says, billed every month"],
])("%j is sold for %s", (changes, text) => {
  expect(renderPrice({ ...price, ...changes }).replace(/\u00a0/g, " ")).toBe(text);
});
