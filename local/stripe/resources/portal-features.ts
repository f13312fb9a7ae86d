import { invalidRequest } from "../errors.ts";
import { type Parsed, required } from "../parameters.ts";
import type { createParameters } from "./portal-configuration-parameters.ts";
import type { PortalConfiguration } from "./portal-record.ts";

type Features = PortalConfiguration["features"];
type Given = NonNullable<Parsed<typeof createParameters>["features"]>;

/** All off, with Stripe's defaults. */
export const NO_FEATURES: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: {
      enabled: false,
      feedback_options: null,
      options: ["customer_service", "too_expensive", "missing_features", "switched_service", "unused", "other"],
    },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
};

/** The features with what a creation or an update named. */
export function withFeatures(before: Features, given: Given): Features {
  const { subscription_cancel: cancel = {}, subscription_update: update = {} } = given;
  const { cancellation_reason: reason, ...ofCancel } = cancel;
  const { products, default_allowed_updates: allowed, ...ofUpdate } = update;
  const after: Features = {
    customer_update: {
      ...before.customer_update,
      ...given.customer_update,
      allowed_updates: replaceList(before.customer_update.allowed_updates, given.customer_update?.allowed_updates),
    },
    invoice_history: { ...before.invoice_history, ...given.invoice_history },
    payment_method_update: { ...before.payment_method_update, ...given.payment_method_update },
    subscription_cancel: {
      ...before.subscription_cancel,
      ...ofCancel,
      cancellation_reason: {
        ...before.subscription_cancel.cancellation_reason,
        ...reason,
        options: replaceList(before.subscription_cancel.cancellation_reason.options, reason?.options),
      },
    },
    subscription_pause: before.subscription_pause,
    subscription_update: {
      ...before.subscription_update,
      ...ofUpdate,
      default_allowed_updates: replaceList(before.subscription_update.default_allowed_updates, allowed),
      products: products === undefined ? (before.subscription_update.products ?? null) : readProducts(products ?? []),
    },
  };
  checkTogether(after);
  return after;
}

/** Empty text empties it. */
function replaceList<T>(before: T[], given: T[] | null | undefined): T[] {
  return given === undefined ? before : (given ?? []);
}

type GivenProducts = NonNullable<NonNullable<Given["subscription_update"]>["products"]>;

function readProducts(products: GivenProducts): NonNullable<Features["subscription_update"]["products"]> {
  return products.map(({ product, prices, adjustable_quantity: quantity }, index) => {
    const place = `features[subscription_update][products][${index}]`;
    return {
      product: required(product, `${place}[product]`),
      prices: required(prices, `${place}[prices]`),
      adjustable_quantity: {
        enabled: quantity?.enabled ?? false,
        maximum: quantity?.maximum ?? null,
        minimum: quantity?.minimum ?? 1,
      },
    };
  });
}

function checkTogether({ customer_update: customer, subscription_update: update }: Features): void {
  if (customer.enabled && customer.allowed_updates.length === 0) {
    throw invalidRequest("`features[customer_update][allowed_updates]` is required when the feature is enabled.", {
      param: "features[customer_update][allowed_updates]",
    });
  }
  if (update.enabled && (update.default_allowed_updates.length === 0 || (update.products ?? []).length === 0)) {
    throw invalidRequest(
      "`features[subscription_update]` needs `default_allowed_updates` and `products` when the feature is enabled.",
      { param: "features[subscription_update]" },
    );
  }
}
