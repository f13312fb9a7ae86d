import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { mergeMetadata } from "../metadata.ts";
import { type Parsed, required } from "../parameters.ts";
import type { createParameters } from "./subscription-parameters.ts";
import type { SubscriptionRecord } from "./subscription-record.ts";

const DAY = 24 * 60 * 60;

type CreateFields = Parsed<typeof createParameters>;
type PlainFields = Pick<
  CreateFields,
  "metadata" | "description" | "collection_method" | "days_until_due" | "default_payment_method" | "trial_settings"
>;

export function withPlainFields(subscription: SubscriptionRecord, fields: PlainFields): SubscriptionRecord {
  const { metadata, description, collection_method: method, days_until_due: days } = fields;
  const { default_payment_method: paidWith, trial_settings: trial } = fields;
  return {
    ...subscription,
    ...(metadata !== undefined && { metadata: mergeMetadata(subscription.metadata, metadata) }),
    ...(description !== undefined && { description }),
    ...(method !== undefined && { collection_method: method }),
    ...(days !== undefined && { days_until_due: days }),
    ...(paidWith !== undefined && { default_payment_method: paidWith }),
    ...(trial?.end_behavior?.missing_payment_method !== undefined && {
      trial_settings: {
        end_behavior: {
          billing_cycle_anchor: null,
          missing_payment_method: trial.end_behavior.missing_payment_method,
        },
      },
    }),
  };
}

interface EndFields {
  readonly cancel_at?: number | null;
  readonly cancel_at_period_end?: boolean;
}

export function withEnd(subscription: SubscriptionRecord, fields: EndFields, now: number): SubscriptionRecord {
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd } = fields;
  if (atPeriodEnd === undefined && at === undefined) return subscription;
  if (typeof at === "number" && at <= now) {
    throw invalidRequest("The subscription's `cancel_at` timestamp must be in the future.", { param: "cancel_at" });
  }
  const ends = subscription.items.data.map(({ current_period_end: end }) => end);
  const end = atPeriodEnd === true ? Math.min(...ends) : (at ?? null);
  return {
    ...subscription,
    cancel_at: end,
    cancel_at_period_end: atPeriodEnd === true,
    canceled_at: end === null ? null : now,
  };
}

export function readTrialEnd(
  { trial_end: end, trial_period_days: days }: CreateFields,
  now: number,
): number | undefined {
  if (days !== undefined) return now + days * DAY;
  if (end === undefined || end === "now") return undefined;
  if (end <= now) throw invalidRequest("`trial_end` must be in the future.", { param: "trial_end" });
  return end;
}

export function planTrialEnd(
  { items, trial_start: start }: SubscriptionRecord,
  trialEnd: number | "now",
  now: number,
): Partial<SubscriptionRecord> {
  if (trialEnd !== "now" && trialEnd <= now) {
    throw invalidRequest("`trial_end` must be in the future.", { param: "trial_end" });
  }
  const end = trialEnd === "now" ? now : trialEnd;
  return {
    // A trial that is over becomes active when time passes, at the latest with the next request.
    status: "trialing",
    trial_start: start ?? now,
    trial_end: end,
    billing_cycle_anchor: end,
    items: { ...items, data: items.data.map((item) => ({ ...item, current_period_end: end })) },
  };
}

export function renderPause(pause: {
  readonly behavior?: Stripe.Subscription.PauseCollection.Behavior;
  readonly resumes_at?: number;
}): Stripe.Subscription.PauseCollection {
  return { behavior: required(pause.behavior, "pause_collection[behavior]"), resumes_at: pause.resumes_at ?? null };
}
