import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { SECRET_KEY, startTestStripe, type TestStripe } from "../../support/stripe.ts";

/**
 * `stripe trigger` of the Stripe CLI 1.52, as it is sent: forms over plain HTTP, without a version and without the SDK's headers.
 * Source: the names of fields and what they hold in `pkg/fixtures/triggers` of github.com/stripe/stripe-cli, `items[0][price]` and
 * the like by its `pkg/parsers`.
 */
let stripe: TestStripe;
beforeEach(async () => {
  stripe = await startTestStripe();
});
afterEach(() => stripe.close());

const BY_CLI = "description=(created by Stripe CLI)";
const CUSTOMER = `customer POST /v1/customers ${BY_CLI}`;
const PAYER = `${CUSTOMER}&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa`;
const PRODUCT = `product POST /v1/products name=myproduct&${BY_CLI}`;
const PRICE = "price POST /v1/prices product=<product>&unit_amount=1500&currency=usd&recurring[interval]=month";
const SUBSCRIPTION = "subscription POST /v1/subscriptions customer=<customer>&items[0][price]=<price>";
const ITEM = `item POST /v1/invoiceitems amount=2000&currency=usd&customer=<customer>&${BY_CLI}`;
const INVOICE = `invoice POST /v1/invoices customer=<customer>&${BY_CLI}&pending_invoice_items_behavior=include`;
const ATTACH = "method POST /v1/payment_methods/pm_card_visa/attach customer=<customer>";
const CONFIGURATION =
  "configuration POST /v1/billing_portal/configurations business_profile[headline]=created by the Stripe CLI" +
  "&business_profile[privacy_policy_url]=https://www.example.com&business_profile[terms_of_service_url]=https://www.example.com" +
  "&features[subscription_cancel][enabled]=true";

/** A line is a name for the answer, a method, a path and a form; `<name>` is the id of an answer before. */
const TRIGGERS: readonly (readonly [event: string, lines: readonly string[]])[] = [
  ["customer.created", [CUSTOMER]],
  ["customer.updated", [CUSTOMER, "changed POST /v1/customers/<customer> metadata[foo]=bar"]],
  ["customer.deleted", [CUSTOMER, "gone DELETE /v1/customers/<customer>"]],
  ["product.created", [PRODUCT]],
  ["product.updated", [PRODUCT, "changed POST /v1/products/<product> metadata[foo]=bar"]],
  ["product.deleted", [PRODUCT, "gone DELETE /v1/products/<product>"]],
  ["price.created", [PRODUCT, PRICE]],
  ["price.updated", [PRODUCT, PRICE, "changed POST /v1/prices/<price> metadata[foo]=bar"]],
  ["customer.subscription.created", [PAYER, PRODUCT, PRICE, SUBSCRIPTION]],
  [
    "customer.subscription.updated",
    [PAYER, PRODUCT, PRICE, SUBSCRIPTION, "changed POST /v1/subscriptions/<subscription> metadata[foo]=bar"],
  ],
  [
    "customer.subscription.deleted",
    [PAYER, PRODUCT, PRICE, SUBSCRIPTION, "gone DELETE /v1/subscriptions/<subscription>"],
  ],
  [
    "customer.subscription.paused",
    [
      CUSTOMER,
      PRODUCT,
      PRICE,
      `${SUBSCRIPTION}&trial_period_days=7&trial_settings[end_behavior][missing_payment_method]=pause`,
      "paused POST /v1/subscriptions/<subscription> trial_end=now",
    ],
  ],
  ["invoiceitem.created", [CUSTOMER, ITEM]],
  ["invoice.created", [CUSTOMER, ITEM, INVOICE]],
  ["invoice.finalized", [CUSTOMER, ITEM, INVOICE, "final POST /v1/invoices/<invoice>/finalize"]],
  [
    "invoice.voided",
    [CUSTOMER, ITEM, INVOICE, "final POST /v1/invoices/<invoice>/finalize", "void POST /v1/invoices/<invoice>/void"],
  ],
  ["invoice.paid", [CUSTOMER, ATTACH, ITEM, INVOICE, "paid POST /v1/invoices/<invoice>/pay payment_method=<method>"]],
  ["payment_method.attached", [CUSTOMER, ATTACH]],
  ["payment_method.detached", [CUSTOMER, ATTACH, "detached POST /v1/payment_methods/<method>/detach"]],
  ["billing_portal.configuration.created", [CONFIGURATION]],
  [
    "billing_portal.configuration.updated",
    [CONFIGURATION, "changed POST /v1/billing_portal/configurations/<configuration> metadata[foo]=bar"],
  ],
];

/** Sends the lines one after the other. @returns the statuses */
async function trigger(lines: readonly string[]): Promise<number[]> {
  const ids = new Map<string, string>();
  const fill = (text: string) => text.replace(/<(\w+)>/g, (_, name: string) => ids.get(name) ?? "");
  const statuses: number[] = [];
  for (const line of lines) {
    const [, name = "", method = "", path = "", form = ""] = /^(\w+) (\w+) (\S+) ?(.*)$/.exec(line) ?? [];
    const answer = await fetch(`http://127.0.0.1:${stripe.local.port}${fill(path)}`, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/x-www-form-urlencoded" },
      ...(form !== "" && {
        body: new URLSearchParams(
          fill(form)
            .split("&")
            .map((pair) => splitPair(pair)),
        ),
      }),
    });
    const { id } = (await answer.json()) as { id?: string };
    ids.set(name, id ?? "");
    statuses.push(answer.status);
  }
  return statuses;
}

function splitPair(pair: string): [string, string] {
  const [name = "", ...value] = pair.split("=");
  return [name, value.join("=")];
}

test.each(TRIGGERS)("stripe trigger %s makes its event", async (event, lines) => {
  expect(await trigger(lines)).toEqual(lines.map(() => 200));
  const { data } = await stripe.client.events.list({ limit: 100 });
  expect(data.map(({ type }) => type)).toContain(event);
});

test.each<[event: string, lines: readonly string[], statuses: readonly number[]]>([
  ["coupon.created", ["coupon POST /v1/coupons percent_off=25&duration=once"], [404]],
  ["charge.succeeded", [`charge POST /v1/charges source=tok_visa&amount=100&currency=usd&${BY_CLI}`], [404]],
  ["invoice.deleted", [CUSTOMER, ITEM, INVOICE, "gone DELETE /v1/invoices/<invoice>"], [200, 200, 200, 404]],
  [
    "invoice.sent",
    [`${CUSTOMER}&email=bob@example.com`, ITEM, `${INVOICE}&collection_method=send_invoice&days_until_due=7`],
    [200, 200, 400],
  ],
])("stripe trigger %s is refused where it asks for what is not here", async (_event, lines, statuses) => {
  expect(await trigger(lines)).toEqual(statuses);
});

test("stripe trigger customer.subscription.trial_will_end passes, and makes no event", async () => {
  const lines = [CUSTOMER, PRODUCT, PRICE, `${SUBSCRIPTION}&trial_period_days=1`];
  expect(await trigger(lines)).toEqual([200, 200, 200, 200]);
  const { data } = await stripe.client.events.list({ type: "customer.subscription.trial_will_end" });
  expect(data).toEqual([]);
});
