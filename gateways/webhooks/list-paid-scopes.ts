import type { PaidScope } from "../../actions/shared/paid-scopes.ts";
import type { BillingRules } from "../authorizer/billing/rules.ts";

/** What costs money by stripe.json, as Actions have it compiled in. */
export const listPaidScopes = ({ paid }: BillingRules): readonly PaidScope[] =>
  [...paid.values()].map(({ scope, product }) => ({
    scope,
    product: product.kind === "id" ? { id: product.id } : { name: product.name },
  }));
