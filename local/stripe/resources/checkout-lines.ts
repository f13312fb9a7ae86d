import type { Account } from "../account.ts";
import { invalidRequest } from "../errors.ts";
import { getRecord } from "../get-record.ts";
import { createId } from "../ids.ts";
import { mergeMetadata } from "../metadata.ts";
import { required } from "../parameters.ts";
import type { LineItemRecord } from "./checkout-record.ts";
import type { CreateFields } from "./new-checkout-session.ts";
import { type PriceRecord, priceCollection } from "./price-record.ts";
import { productCollection } from "./product-record.ts";

type LineFields = NonNullable<CreateFields["line_items"]>[number];

/** Stripe API reference, "Create a Checkout Session": of each kind. */
const MAXIMUM_LINES = 20;

/** What is to be bought, checked against the mode of the session. */
export function createReadLines({ journal }: Account) {
  const prices = priceCollection(journal);
  const products = productCollection(journal);

  function readLine(fields: LineFields, place: string): LineItemRecord {
    const id = required(fields.price, `${place}[price]`);
    const price = getRecord(prices, "price", id, `${place}[price]`);
    if (!price.active) {
      throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, {
        param: `${place}[price]`,
      });
    }
    const isMetered = price.recurring?.usage_type === "metered";
    if (isMetered && fields.quantity !== undefined) {
      throw invalidRequest(
        `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${place}\`.`,
        { param: `${place}[quantity]` },
      );
    }
    const quantity = isMetered ? null : required(fields.quantity, `${place}[quantity]`);
    const amount = Math.round(Number(price.unit_amount_decimal ?? 0) * (quantity ?? 0));
    return {
      id: createId("li", 24),
      object: "item",
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: products.get(price.product)?.name ?? null,
      metadata: mergeMetadata({}, fields.metadata ?? "clear"),
      price,
      quantity,
    };
  }

  return (fields: readonly LineFields[], mode: "payment" | "subscription"): LineItemRecord[] => {
    const lines = fields.map((line, index) => readLine(line, `line_items[${index}]`));
    checkMode(
      lines.map(({ price }) => price),
      mode,
    );
    return lines;
  };
}

function checkMode(prices: readonly PriceRecord[], mode: "payment" | "subscription"): void {
  const recurring = prices.filter((price) => price.recurring !== null);
  if (mode === "payment" && recurring.length > 0) {
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param: "mode" },
    );
  }
  if (mode === "subscription" && recurring.length === 0) {
    throw invalidRequest("You must provide at least one recurring price in `subscription` mode when using prices.", {
      param: "mode",
    });
  }
  if (recurring.length > MAXIMUM_LINES || prices.length - recurring.length > MAXIMUM_LINES) {
    throw invalidRequest(`A session can have up to ${MAXIMUM_LINES} recurring and ${MAXIMUM_LINES} one-time prices.`, {
      param: "line_items",
    });
  }
  if (new Set(prices.map(({ currency }) => currency)).size > 1) {
    throw invalidRequest("All line items of a session must have prices of the same currency.", { param: "line_items" });
  }
}
