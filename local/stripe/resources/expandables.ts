import type { Account } from "../account.ts";
import { renderPage } from "../pages.ts";
import { customerCollection } from "./customer-record.ts";
import { featureCollection } from "./feature-record.ts";
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
