import { expect, test } from "@jest/globals";
import { createBilling } from "../../../gateways/authorizer/billing/billing.ts";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import type { SharedEntry, Sharing } from "../../../gateways/authorizer/billing/sharing.ts";
import { createMovableClock } from "../../../local/clock.ts";
import { createTestSource, subscribed } from "../support/billing-source.ts";
import { AUDIENCE, NOW } from "../support/issuer.ts";

const SECOND = 1000;

/** A store that says what the test has put into it. */
function openNode() {
  const source = createTestSource();
  const clock = createMovableClock(() => NOW * 1000);
  const store: { run: string; number: number; found: SharedEntry | undefined } = {
    run: "first",
    number: 1_000,
    found: undefined,
  };
  const sharing: Sharing = {
    isUp: true,
    draw: async () => ({ run: store.run, number: store.number }),
    look: async (kind) => ({ found: kind === "subscriptions" ? store.found : undefined }),
    put: async () => true,
  };
  const billing = createBilling({
    rules: parseBillingRules({ scopes: [{ scope: "get:reports", productId: "prod_reports" }] }),
    source,
    audience: AUDIENCE,
    clock: clock.now,
    sharing,
  });
  const ask = async () => {
    const claims = { [`${AUDIENCE}stripe_customer_id`]: "cus_1" };
    return (await billing.charge({ claims, scopes: ["get:reports"], metered: undefined })).kind;
  };
  return { source, clock, store, ask };
}
const NO = { value: [], doubts: 0 };

test.each([
  ["with a greater number", "first", 1_001, 0, "refused"],
  ["with a smaller number", "first", 999, 0, "paid"],
  ["of another run, read later, whatever its number", "second", 1, 1 * SECOND, "refused"],
  ["of another run, read earlier, whatever its number", "second", 9_999, 60 * SECOND, "paid"],
])("what others have left %s", async (_name, run, number, age, expected) => {
  const { source, clock, store, ask } = openNode();
  source.subscriptions.set("cus_1", [subscribed("active", "prod_reports")]);
  expect(await ask()).toBe("paid");
  clock.advance(2 * SECOND);
  store.found = { value: NO, ticket: { run, number }, age };
  expect(await ask()).toBe(expected);
});

test.each([
  ["text", "paid"],
  ["a list", []],
  ["no doubts", { value: ["prod_reports"] }],
  ["doubts below none", { value: ["prod_reports"], doubts: -1 }],
  ["products that are none", { value: [1], doubts: 0 }],
  ["null", null],
])("%s is read at Stripe instead", async (_name, value) => {
  const { source, store, ask } = openNode();
  store.found = { value, ticket: { run: "first", number: 1 }, age: 0 };
  expect(await ask()).toBe("refused");
  expect(source.calls).toEqual(["subscriptions cus_1"]);
});
