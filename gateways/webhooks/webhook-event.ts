import { isRecord } from "../authorizer/problems.ts";

/** What an event is about. What it says is not used: events come late, twice and in any order. */
export type WebhookEvent = { readonly id: string; readonly type: string } & (
  | { readonly about: "nothing" }
  | { readonly about: "products" }
  | {
      readonly about: "customer";
      readonly customer: string;
      /** Of a customer that is gone, and so cannot be asked: who it was made for, as it said itself. */
      readonly userId: string | undefined;
    }
  /** Usage that Stripe took, and found to be wrong afterwards. */
  | { readonly about: "refused usage" }
  /** Whose it is, Stripe has to be asked. */
  | { readonly about: "subscription"; readonly subscription: string }
);

/** Resolves when all that follows from the event is done. Rejects when it is not: Stripe then sends it again. */
export type Receive = (event: WebhookEvent) => Promise<void>;

/** Event types that an endpoint at Stripe has to be registered for. */
export const EVENT_TYPES = [
  "customer.deleted",
  "customer.subscription.created",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.updated",
  "entitlements.active_entitlement_summary.updated",
  "product.created",
  "product.deleted",
  "product.updated",
] as const;

/** @param event a snapshot, signed by Stripe; of which API version, the endpoint's settings decide */
export function readWebhookEvent(event: Record<string, unknown>): WebhookEvent {
  const [id, type] = [String(event.id), String(event.type)];
  const object = isRecord(event.data) && isRecord(event.data.object) ? event.data.object : {};
  const nothing = { id, type, about: "nothing" } as const;
  // Of a connected account (Stripe API reference, "Events"): nobody pays there for what this account sells.
  if (typeof event.account === "string") return nothing;
  if (type.startsWith("product.")) return { id, type, about: "products" };
  if (type === "customer.deleted") {
    const userId = isRecord(object.metadata) ? object.metadata.auth0_user_id : undefined;
    return typeof object.id === "string"
      ? { id, type, about: "customer", customer: object.id, userId: typeof userId === "string" ? userId : undefined }
      : nothing;
  }
  if (!type.startsWith("customer.subscription.") && !type.startsWith("entitlements.")) return nothing;
  const customer = isRecord(object.customer) ? object.customer.id : object.customer;
  return typeof customer === "string" ? { id, type, about: "customer", customer, userId: undefined } : nothing;
}
