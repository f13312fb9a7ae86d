import Stripe from "stripe";

export interface CustomerPortalRequest {
  readonly customer: string;
  /** Where Stripe sends people back to. */
  readonly returnUrl: string;
  /** `bpc_…`; undefined: the account's default. */
  readonly configuration: string | undefined;
  /** To cancel this subscription; undefined: everything that the configuration allows. */
  readonly cancel: string | undefined;
}

/**
 * A page of Stripe's to change, cancel and pay at. Its address lets in whoever has it, for a while: it is made on a click, given to
 * the browser, and kept nowhere. Needs `rak_customer_portal_write`.
 *
 * @returns undefined: the customer is gone
 * @throws {unknown} what Stripe's SDK throws
 */
export async function openCustomerPortal(
  stripe: Stripe,
  { customer, returnUrl, configuration, cancel }: CustomerPortalRequest,
): Promise<string | undefined> {
  try {
    const { url } = await stripe.billingPortal.sessions.create({
      customer,
      return_url: returnUrl,
      ...(configuration !== undefined && { configuration }),
      ...(cancel !== undefined && {
        flow_data: { type: "subscription_cancel", subscription_cancel: { subscription: cancel } },
      }),
    });
    return url;
  } catch (error) {
    const isMissing = error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";
    if (isMissing && error.param === "customer") return undefined;
    throw error;
  }
}
