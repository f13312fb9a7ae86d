import { invalidRequest } from "../errors.ts";
import { mergeMetadata } from "../metadata.ts";
import { required } from "../parameters.ts";
import type { CheckoutRecord } from "./checkout-record.ts";
import type { CreateFields } from "./new-checkout-session.ts";

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

type Fields = Omit<CreateFields, "metadata">;

/** Parameters of one call that exclude each other. */
const EXCLUSIVE = [
  ["customer", "customer_email"],
  ["customer", "customer_creation"],
] as const satisfies readonly (readonly [keyof Fields, keyof Fields])[];

/** What only one mode takes. */
const ONLY_IN = {
  subscription: ["subscription_data", "payment_method_collection"],
  payment: ["payment_intent_data", "customer_creation"],
} as const satisfies Record<string, readonly (keyof Fields)[]>;

/** The mode, when the parameters go together. @param now in seconds */
export function checkCreate(fields: Fields, now: number): "payment" | "subscription" {
  const mode = required(fields.mode, "mode");
  required(fields.success_url, "success_url");
  if (mode === "setup") {
    throw invalidRequest("The local Stripe does not carry out `mode=setup`: test it against a sandbox.", {
      param: "mode",
    });
  }
  for (const pair of EXCLUSIVE) {
    if (pair.every((name) => fields[name] !== undefined)) {
      throw invalidRequest(`You may only specify one of these parameters: ${pair.join(", ")}.`, { param: pair[0] });
    }
  }
  const other = mode === "payment" ? "subscription" : "payment";
  for (const name of ONLY_IN[other]) {
    if (fields[name] !== undefined) {
      throw invalidRequest(`You cannot pass \`${name}\` in \`${mode}\` mode.`, { param: name });
    }
  }
  if (fields.customer_update !== undefined && fields.customer === undefined) {
    throw invalidRequest("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  }
  checkExpiry(fields.expires_at, now);
  checkTrial(fields.subscription_data ?? {}, now);
  return mode;
}

function checkExpiry(at: number | undefined, now: number): void {
  if (at === undefined) return;
  if (at < now + 30 * MINUTE) {
    throw invalidRequest("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", {
      param: "expires_at",
    });
  }
  if (at > now + DAY) {
    throw invalidRequest("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", {
      param: "expires_at",
    });
  }
}

function checkTrial(
  { trial_end: end, trial_period_days: days }: NonNullable<Fields["subscription_data"]>,
  now: number,
) {
  if (end !== undefined && days !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: trial_end, trial_period_days.", {
      param: "subscription_data[trial_end]",
    });
  }
  if (end !== undefined && end < now + 2 * DAY) {
    throw invalidRequest("The `trial_end` date has to be at least 2 days in the future.", {
      param: "subscription_data[trial_end]",
    });
  }
}

/** What the subscription of a session will have. */
export function readSubscriptionData(data: NonNullable<Fields["subscription_data"]>): CheckoutRecord["subscription"] {
  const missing = data.trial_settings?.end_behavior?.missing_payment_method;
  return {
    description: data.description ?? null,
    metadata: mergeMetadata({}, data.metadata ?? "clear"),
    ...(data.trial_end !== undefined && { trial_end: data.trial_end }),
    ...(data.trial_period_days !== undefined && { trialDays: data.trial_period_days }),
    ...(missing !== undefined && {
      trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: missing } },
    }),
  };
}
