import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { readFailure } from "../../actions/shared/stripe/failure.ts";
import { readSubscriptions } from "./account.ts";
import type { Offer, Price } from "./offers.ts";

export interface CheckoutRequest {
  readonly customer: string;
  /** Those of the same person's other accounts. */
  readonly others: readonly string[];
  readonly offer: Offer & { readonly price: Price };
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export type Checkout =
  /** To be sent to. */
  | { readonly kind: "session"; readonly url: string }
  /** There is a subscription for it, whether it is paid or late. */
  | { readonly kind: "subscribed" };

/** Keys whose stored answer is a failure, before somebody has to come back later. */
const ATTEMPTS = 5;

/**
 * A page of Stripe's to subscribe at, and never a second subscription of one person: one that is there is found, and a page that is open is given
 * out again. The key of a new one is made from the customer, the price and the last session of both: of two clicks at once both
 * get one page, however far apart in time, and when it has expired the next click gets another.
 *
 * Needs `rak_checkout_session_write` and `rak_subscription_read`.
 *
 * @throws {unknown} what Stripe's SDK throws
 */
export async function openCheckout(stripe: Stripe, request: CheckoutRequest): Promise<Checkout> {
  const { customer, others, offer } = request;
  const before: Stripe.Checkout.Session[] = [];
  for (const one of [customer, ...others]) {
    // Sessions first: one that is completed in between is a subscription by the time those are read.
    const { data } = await stripe.checkout.sessions.list({ customer: one, limit: 100 });
    const subscriptions = await readSubscriptions(stripe, one);
    if (subscriptions.value.some(({ items }) => items.some(({ product }) => offer.products.includes(product))))
      return { kind: "subscribed" };
    before.push(...data.filter(({ metadata }) => metadata?.price === offer.price.id));
  }
  const open = before.find(({ status, url }) => status === "open" && url);
  if (open?.url) return { kind: "session", url: open.url };
  const last = before.find((session) => session.customer === customer);
  return { kind: "session", url: await createSession(stripe, request, last?.id ?? "none") };
}

async function createSession(stripe: Stripe, request: CheckoutRequest, last: string): Promise<string> {
  const { customer, offer, successUrl, cancelUrl } = request;
  const { price, scope } = offer;
  for (let attempt = 0; ; attempt++) {
    const key = createHash("sha256")
      .update(JSON.stringify([customer, price.id, last, attempt]))
      .digest("hex");
    try {
      const { url } = await stripe.checkout.sessions.create(
        {
          mode: "subscription",
          customer,
          // Stripe takes no quantity for what is counted by a meter.
          line_items: [{ price: price.id, ...(price.meter === undefined && { quantity: 1 }) }],
          success_url: successUrl,
          cancel_url: cancelUrl,
          metadata: { price: price.id, scope },
          subscription_data: { metadata: { scope } },
        },
        { idempotencyKey: `checkout:${key}` },
      );
      if (!url) throw new TypeError("Stripe made a checkout session without an address");
      return url;
    } catch (error) {
      const isSpent = error instanceof Error && "type" in error && isKeySpent(error);
      if (!isSpent || attempt + 1 >= ATTEMPTS) throw error;
    }
  }
}

/** Stripe repeats what it answered to a key for a day, a failure of its own too. */
function isKeySpent(error: Error): boolean {
  const { kind } = readFailure(error);
  return kind === "replayed 5xx" || kind === "mismatch";
}
