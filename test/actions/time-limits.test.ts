import { expect, test } from "@jest/globals";
import { LIMITS as SUBSCRIPTION } from "../../actions/require-subscription/require-subscription.ts";
import { LIMITS as CUSTOMER } from "../../actions/sync-stripe-customer/limits.ts";

/** Milliseconds for all Actions of a login (Auth0 docs, "Actions limitations"). */
const ALL_ACTIONS = 20_000;

test("the two Actions that ask Stripe in a login leave half of Auth0's time to the others", () => {
  expect(SUBSCRIPTION.total + CUSTOMER.total).toBeLessThanOrEqual(ALL_ACTIONS / 2);
});

test.each([
  ["require-subscription", SUBSCRIPTION],
  ["sync-stripe-customer", CUSTOMER],
])(
  "one slow call does not take all the time of %s, and what failed is looked at again",
  (_, { total, call, pause }) => {
    expect(call + pause).toBeLessThan(total);
  },
);
