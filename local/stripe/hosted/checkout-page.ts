import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../http/html-form.ts";
import type { Account } from "../account.ts";
import { StripeFailure } from "../errors.ts";
import { createCompleteCheckout, isCardAskedFor } from "../resources/checkout-completion.ts";
import type { CheckoutRecord, CheckoutSession } from "../resources/checkout-record.ts";
import { openCheckouts } from "../resources/checkout-store.ts";
import { CARD_FIELDS, readCard } from "./card-form.ts";
import { renderPage } from "./layout.ts";
import { renderMoney } from "./money.ts";

interface Handlers {
  readonly show: (context: Context) => Promise<Response>;
  readonly submit: (context: Context) => Promise<Response>;
}

/** The page at the `url` of a session. Its address, which nobody can guess, is all that stands for the customer. */
export function createCheckoutPage(account: Account): Handlers {
  const checkouts = openCheckouts(account);
  const complete = createCompleteCheckout(account);

  const findOpen = (context: Context): CheckoutRecord | undefined => {
    const record = checkouts.get(context.req.param("id") ?? "");
    return record?.session.status === "open" ? record : undefined;
  };

  return {
    async show(context) {
      const record = findOpen(context);
      return record === undefined ? renderOver(context) : renderCheckout(context, record);
    },
    async submit(context) {
      const record = findOpen(context);
      if (record === undefined) return renderOver(context);
      const form = new URLSearchParams(await context.req.text());
      const email = record.session.customer_details?.email ?? form.get("email") ?? "";
      if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
        return renderCheckout(context, record, "Your email is incomplete.");
      }
      try {
        const session = complete(record, {
          email,
          name: form.get("name") ?? "",
          card: isCardAskedFor(record.session) ? readCard(form) : undefined,
        });
        return context.redirect(fillIn(session), 303);
      } catch (error) {
        if (error instanceof StripeFailure) return renderCheckout(context, record, error.message);
        throw error;
      }
    },
  };
}

/** Stripe docs, "Customize redirect behavior". */
function fillIn({ success_url: url, id }: CheckoutSession): string {
  return (url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", id);
}

function renderOver(context: Context): Promise<Response> {
  return renderPage(
    context,
    404,
    "This page is no longer there",
    html`<p>The session is complete, has expired, or never was. Start again from the application.</p>`,
  );
}

function renderCheckout(context: Context, { session, lines }: CheckoutRecord, fault?: string): Promise<Response> {
  const currency = session.currency ?? "usd";
  const email = session.customer_details?.email ?? "";
  const items = lines.map(({ description, quantity, amount_total: amount, price }) => {
    const { recurring } = price;
    const every = recurring === null ? "" : ` every ${recurring.interval_count} ${recurring.interval}`;
    const sum =
      quantity === null
        ? `${renderMoney(Number(price.unit_amount_decimal ?? 0), currency)} a unit, as used${every}`
        : `${quantity} × ${renderMoney(amount / quantity, currency)}${every}`;
    return html`<li>${description}: ${sum}</li>`;
  });
  return renderPage(
    context,
    fault === undefined ? 200 : 402,
    session.mode === "subscription" ? "Subscribe" : "Pay",
    html`<ul>${items}</ul>
<p><strong>Due today: ${renderMoney(session.amount_total ?? 0, currency)}</strong></p>
${renderFault(fault)}${renderForm({
  action: `/c/pay/${session.id}`,
  hidden: {},
  fields: [
    ...(email === "" ? [{ name: "email", label: "Email", type: "email", autocomplete: "email" } as const] : []),
    { name: "name", label: "Name", type: "text", autocomplete: "name" },
    ...(isCardAskedFor(session) ? CARD_FIELDS : []),
  ],
  button: session.mode === "subscription" ? "Subscribe" : "Pay",
})}${email === "" ? "" : html`<p class="small">For ${email}</p>`}
${session.cancel_url === null ? "" : html`<p><a href="${session.cancel_url}">Back</a></p>`}
<p class="small">The local Stripe: no money moves. 4242 4242 4242 4242 is paid, 4000 0000 0000 0002 is declined.</p>`,
  );
}
