import { isRecord } from "../authorizer/problems.ts";
import type { WebhookEvent } from "./webhook-event.ts";

/** Event types that a thin event destination at Stripe has to be registered for. */
export const THIN_EVENT_TYPES = [
  "v1.billing.meter.error_report_triggered",
  "v1.billing.meter.no_meter_found",
  "v1.customer.deleted",
  "v1.customer.subscription.created",
  "v1.customer.subscription.deleted",
  "v1.customer.subscription.paused",
  "v1.customer.subscription.resumed",
  "v1.customer.subscription.updated",
  "v1.product.created",
  "v1.product.deleted",
  "v1.product.updated",
] as const;

/** There is no snapshot of these: who has none but snapshots never hears of them. */
const REFUSED_USAGE: ReadonlySet<string> = new Set([
  "v1.billing.meter.error_report_triggered",
  "v1.billing.meter.no_meter_found",
]);

/**
 * A thin event says which object it is about, and nothing of it. Entitlements name none.
 *
 * @param event signed by Stripe, with `object: "v2.core.event"`
 */
export function readThinEvent(event: Record<string, unknown>): WebhookEvent {
  const [id, type] = [String(event.id), String(event.type)];
  const related = isRecord(event.related_object) ? event.related_object.id : undefined;
  if (REFUSED_USAGE.has(type)) return { id, type, about: "refused usage" };
  if (type.startsWith("v1.product.")) return { id, type, about: "products" };
  if (type === "v1.customer.deleted" && isId(related, "cus"))
    return { id, type, about: "customer", customer: related, userId: undefined };
  if (type.startsWith("v1.customer.subscription.") && isId(related, "sub"))
    return { id, type, about: "subscription", subscription: related };
  return { id, type, about: "nothing" };
}

const isId = (value: unknown, prefix: string): value is string =>
  typeof value === "string" && value.startsWith(`${prefix}_`);
