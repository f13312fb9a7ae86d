import type { Permission } from "../../local/stripe/keys.ts";

/** sync-stripe-customer makes customers; require-subscription reads what they pay for. Writing implies reading. */
export const ACTION_PERMISSIONS = ["rak_customer_write", "rak_subscription_read", "rak_product_read"] as const;

/** The authorizer and its receiver of webhooks read who pays, and report usage. */
export const GATEWAY_PERMISSIONS = [
  "rak_customer_read",
  "rak_subscription_read",
  "rak_product_read",
  "rak_billing_meter_event_write",
  "rak_event_read",
] as const;

/** The billing portal makes customers and sends people to Stripe's pages; it shows what is sold, subscribed to and used. */
export const PORTAL_PERMISSIONS = [
  "rak_customer_write",
  "rak_subscription_read",
  "rak_product_read",
  "rak_plan_read",
  "rak_checkout_session_write",
  "rak_customer_portal_write",
  "rak_billing_meter_event_read",
] as const;

/** The receiver of Auth0's user events changes customers, and ends what a deleted user has subscribed to. */
export const USER_EVENT_PERMISSIONS = ["rak_customer_write", "rak_subscription_write"] as const;

/** This command itself. Prices are "plan" inside Stripe. */
export const CATALOGUE_PERMISSIONS = [
  "rak_product_write",
  "rak_plan_write",
  "rak_billing_meter_write",
  "rak_webhook_write",
] as const;

interface KeyAdvice {
  /** The environment variable that holds it. */
  readonly variable: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

export const KEYS_TO_MAKE: readonly KeyAdvice[] = [
  { variable: "STRIPE_SECRET_KEY", name: "Auth0 Actions", permissions: ACTION_PERMISSIONS },
  { variable: "STRIPE_GATEWAY_KEY", name: "API gateway", permissions: GATEWAY_PERMISSIONS },
  { variable: "STRIPE_PORTAL_KEY", name: "Billing portal", permissions: PORTAL_PERMISSIONS },
  { variable: "STRIPE_USER_EVENTS_KEY", name: "Auth0 user events", permissions: USER_EVENT_PERMISSIONS },
];

/** The dashboard's page for a new restricted key, filled in. */
export function renderKeyLink({ name, permissions }: Pick<KeyAdvice, "name" | "permissions">): string {
  const url = new URL("https://dashboard.stripe.com/apikeys/create");
  url.searchParams.set("name", name);
  for (const permission of permissions) url.searchParams.append("permissions[]", permission);
  return url.href;
}
