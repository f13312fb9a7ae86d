import type { Collection, Journal } from "../../state/journal.ts";

/** What the account's owner chooses in the Dashboard. Stripe docs, "Smart Retries". */
export interface BillingSettings {
  /** What becomes of a subscription when no try to be paid is left. */
  readonly afterRetries: "cancel" | "mark_unpaid" | "leave_past_due";
}

export const AFTER_RETRIES = [
  "cancel",
  "mark_unpaid",
  "leave_past_due",
] as const satisfies readonly BillingSettings["afterRetries"][];

export function billingSettings(journal: Journal): Collection<BillingSettings> {
  return journal.collection("billing-settings");
}

export function readBillingSettings(settings: Collection<BillingSettings>): BillingSettings {
  return settings.get("self") ?? { afterRetries: "cancel" };
}
