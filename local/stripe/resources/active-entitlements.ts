import type Stripe from "stripe";
import type { Account } from "../account.ts";
import { defineOperation, type Operation } from "../operation.ts";
import { pageParameters, renderPage } from "../pages.ts";
import { nonEmptyText, type ParametersOf, required } from "../parameters.ts";
import { ENTITLEMENTS_URL, openEntitlements } from "./entitlements.ts";
import { expandPaths } from "./expand.ts";

const parameters = {
  ...pageParameters,
  customer: nonEmptyText(255),
  expand: expandPaths,
} satisfies ParametersOf<Stripe.Entitlements.ActiveEntitlementListParams>;

/** Stripe API reference, "Active entitlements". */
export function createActiveEntitlements(account: Account): Operation[] {
  const entitlements = openEntitlements(account);
  return [
    defineOperation({
      method: "GET",
      route: ENTITLEMENTS_URL,
      permission: "rak_entitlement_read",
      parameters,
      run: ({ customer, ...page }) =>
        renderPage(entitlements.list(required(customer, "customer")), page, {
          kind: "active entitlement",
          url: ENTITLEMENTS_URL,
        }),
    }),
  ];
}
