import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { type Parsed, required } from "../parameters.ts";
import type { PortalConfiguration } from "./portal-record.ts";
import type { createParameters } from "./portal-session-parameters.ts";
import { isOver, type SubscriptionRecord } from "./subscription-record.ts";

type FlowFields = NonNullable<Parsed<typeof createParameters>["flow_data"]>;
type FlowType = NonNullable<FlowFields["type"]>;

interface FlowContext {
  readonly customer: string;
  readonly configuration: PortalConfiguration;
  readonly findSubscription: (id: string) => SubscriptionRecord | undefined;
}

/** The one thing that a session is for. Stripe docs, "Customer portal deep links". */
export function readFlow(fields: FlowFields, context: FlowContext): Stripe.BillingPortal.Session.Flow {
  const type = required(fields.type, "flow_data[type]");
  checkFeature(type, context.configuration);
  const idOf = (name: FlowType): string | undefined =>
    type !== name || name === "customer_update" || name === "payment_method_update"
      ? undefined
      : checkSubscription(fields[name]?.subscription, `flow_data[${name}][subscription]`, context);
  const canceled = idOf("subscription_cancel");
  const paused = idOf("subscription_pause");
  const updated = idOf("subscription_update");
  const confirmed = idOf("subscription_update_confirm");
  return {
    after_completion: readCompletion(fields.after_completion ?? {}),
    customer_update: type === "customer_update" ? {} : null,
    subscription_cancel: canceled === undefined ? null : { retention: null, subscription: canceled },
    subscription_pause: paused === undefined ? null : { subscription: paused },
    subscription_update: updated === undefined ? null : { subscription: updated },
    subscription_update_confirm:
      confirmed === undefined
        ? null
        : { discounts: null, items: readItems(fields, confirmed, context), subscription: confirmed },
    type,
  };
}

function checkFeature(type: FlowType, { features }: PortalConfiguration): void {
  const name = type === "subscription_update_confirm" ? "subscription_update" : type;
  if (features[name].enabled) return;
  throw invalidRequest(`This configuration does not have the feature \`${name}\`: enable it to use this flow.`, {
    param: "flow_data[type]",
  });
}

function checkSubscription(id: string | undefined, param: string, context: FlowContext): string {
  const subscription = context.findSubscription(required(id, param));
  if (subscription === undefined || subscription.customer !== context.customer || isOver(subscription)) {
    throw resourceMissing("subscription", String(id), param);
  }
  return subscription.id;
}

function readCompletion(
  given: NonNullable<FlowFields["after_completion"]>,
): Stripe.BillingPortal.Session.Flow["after_completion"] {
  const type = given.type ?? "portal_homepage";
  return {
    hosted_confirmation:
      type === "hosted_confirmation" ? { custom_message: given.hosted_confirmation?.custom_message ?? null } : null,
    redirect:
      type === "redirect"
        ? {
            return_url: required(given.redirect?.return_url, "flow_data[after_completion][redirect][return_url]"),
          }
        : null,
    type,
  };
}

function readItems(fields: FlowFields, subscription: string, { findSubscription }: FlowContext) {
  const param = "flow_data[subscription_update_confirm][items]";
  const items = required(fields.subscription_update_confirm?.items, param);
  const owned = findSubscription(subscription)?.items.data ?? [];
  if (items.length !== 1 || owned.length !== 1) {
    throw invalidRequest("Only subscriptions with exactly one item can be updated by this flow.", { param });
  }
  return items.map(({ id: given, price = null, quantity }) => {
    const id = required(given, `${param}[0][id]`);
    if (id !== owned[0]?.id) throw resourceMissing("subscription item", id, `${param}[0][id]`);
    return { id, price, ...(quantity !== undefined && { quantity }) };
  });
}
