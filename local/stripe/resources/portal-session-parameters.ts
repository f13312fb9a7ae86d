import type Stripe from "stripe";
import { integer, list, nonEmptyText, notCarriedOut, object, oneOf, type ParametersOf } from "../parameters.ts";
import { webUrl } from "./checkout-parameters.ts";
import { expandPaths } from "./expand.ts";

type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

const id = nonEmptyText(255);

export const createParameters = {
  configuration: id,
  customer: id,
  expand: expandPaths,
  flow_data: object({
    after_completion: object({
      hosted_confirmation: object({ custom_message: nonEmptyText(500) }),
      redirect: object({ return_url: webUrl }),
      type: oneOf(["hosted_confirmation", "portal_homepage", "redirect"]),
    } satisfies ParametersOf<FlowData["after_completion"] & {}>),
    subscription_cancel: object({ subscription: id, retention: notCarriedOut }),
    subscription_pause: object({ subscription: id }),
    subscription_update: object({ subscription: id }),
    subscription_update_confirm: object({
      items: list(object({ id, price: id, quantity: integer({ min: 0, max: 1_000_000 }) })),
      subscription: id,
      discounts: notCarriedOut,
    } satisfies ParametersOf<FlowData["subscription_update_confirm"] & {}>),
    type: oneOf([
      "customer_update",
      "payment_method_update",
      "subscription_cancel",
      "subscription_pause",
      "subscription_update",
      "subscription_update_confirm",
    ]),
  } satisfies ParametersOf<FlowData>),
  locale: nonEmptyText(10),
  return_url: webUrl,
  after_expiration: notCarriedOut,
  customer_account: notCarriedOut,
  on_behalf_of: notCarriedOut,
} satisfies ParametersOf<Stripe.BillingPortal.SessionCreateParams>;
