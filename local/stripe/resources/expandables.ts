import type { Account } from "../account.ts";
import { renderPage } from "../pages.ts";
import { checkoutCollection } from "./checkout-record.ts";
import { customerCollection } from "./customer-record.ts";
import { featureCollection } from "./feature-record.ts";
import { invoiceCollection } from "./invoice-record.ts";
import { paymentIntentCollection } from "./payment-intent-record.ts";
import { paymentMethodCollection } from "./payment-method-record.ts";
import { portalConfigurationCollection } from "./portal-record.ts";
import { priceCollection } from "./price-record.ts";
import { productCollection } from "./product-record.ts";
import { isOver, subscriptionCollection } from "./subscription-record.ts";

type Members = Readonly<Record<string, unknown>>;
/** The object in the place of an id; null where there is none to put there; undefined: this property is not such a place. */
export type Resolve = (members: Members, property: string) => object | null | undefined;

/** Which property of which object can be expanded, and to what. */
export function expandables({ journal }: Account): Resolve {
  const customers = customerCollection(journal);
  const products = productCollection(journal);
  const prices = priceCollection(journal);
  const features = featureCollection(journal);
  const configurations = portalConfigurationCollection(journal);
  const checkouts = checkoutCollection(journal);
  const invoices = invoiceCollection(journal);
  const intents = paymentIntentCollection(journal);
  const methods = paymentMethodCollection(journal);
  const subscriptions = subscriptionCollection(journal);

  const byId =
    (property: string, collection: { get(id: string): object | undefined }) =>
    (members: Members): object | null => {
      const id = members[property];
      // An empty place, or one that another path has filled.
      if (typeof id !== "string") return (id ?? null) as object | null;
      return collection.get(id) ?? null;
    };
  const table: Readonly<Record<string, (members: Members) => object | null>> = {
    "subscription.customer": byId("customer", customers),
    "price.product": byId("product", products),
    "billing_portal.session.configuration": byId("configuration", configurations),
    "checkout.session.customer": byId("customer", customers),
    "checkout.session.subscription": byId("subscription", subscriptions),
    "checkout.session.payment_intent": byId("payment_intent", intents),
    "checkout.session.invoice": byId("invoice", invoices),
    // Only there when asked for.
    "checkout.session.line_items": ({ id }) =>
      renderPage(
        checkouts.get(String(id))?.lines ?? [],
        {},
        {
          kind: "line item",
          url: `/v1/checkout/sessions/${String(id)}/line_items`,
        },
      ),
    "subscription.default_payment_method": byId("default_payment_method", methods),
    "subscription.latest_invoice": byId("latest_invoice", invoices),
    "invoice.customer": byId("customer", customers),
    "invoice.default_payment_method": byId("default_payment_method", methods),
    "payment_method.customer": byId("customer", customers),
    "plan.product": byId("product", products),
    "product.default_price": byId("default_price", prices),
    "entitlements.active_entitlement.feature": byId("feature", features),
    // Only there when asked for.
    "customer.subscriptions": ({ id }) =>
      renderPage(
        subscriptions.filter((one) => one.customer === id && !isOver(one)).reverse(),
        {},
        { kind: "subscription", url: `/v1/customers/${String(id)}/subscriptions` },
      ),
  };
  return (members, property) => table[`${String(members.object)}.${property}`]?.(members);
}
