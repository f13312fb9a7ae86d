/** Where the objects are that events are about. */
const PLACES: Readonly<Record<string, string>> = {
  "billing.meter": "/v1/billing/meters",
  "billing_portal.configuration": "/v1/billing_portal/configurations",
  "checkout.session": "/v1/checkout/sessions",
  customer: "/v1/customers",
  invoice: "/v1/invoices",
  payment_intent: "/v1/payment_intents",
  payment_method: "/v1/payment_methods",
  price: "/v1/prices",
  product: "/v1/products",
  subscription: "/v1/subscriptions",
};

/** Changes of a subscription's status that only thin events tell by name. */
const STATUSES = new Set(["active", "trialing", "incomplete", "incomplete_expired", "past_due", "unpaid"]);

export interface RelatedObject {
  readonly id: string;
  readonly type: string;
  readonly url: string;
}

/** The object of an event, as a thin event names it; null where it cannot be fetched. */
export function renderRelatedObject(object: object): RelatedObject | null {
  const { id, object: type } = { ...object } as { id?: unknown; object?: unknown };
  const place = typeof type === "string" ? PLACES[type] : undefined;
  return place === undefined || typeof id !== "string" ? null : { id, type: String(type), url: `${place}/${id}` };
}

/** The thin events that go with a snapshot event. */
export function listThinTypes(type: string, object: object, before: object | undefined): string[] {
  const status = readStatus(object);
  const isNewStatus =
    type.startsWith("customer.subscription.") && STATUSES.has(status) && status !== readStatus(before ?? {});
  return [`v1.${type}`, ...(isNewStatus ? [`v1.customer.subscription.${status}`] : [])];
}

function readStatus(object: object): string {
  return "status" in object ? String(object.status) : "";
}
