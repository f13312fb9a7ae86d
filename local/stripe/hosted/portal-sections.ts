import { html } from "hono/html";
import { renderForm } from "../../http/html-form.ts";
import type { Markup } from "../../http/html-page.ts";
import type { Account } from "../account.ts";
import { openInvoices } from "../resources/invoice-store.ts";
import { openPaymentMethods } from "../resources/payment-method-store.ts";
import type { openPortalActions } from "../resources/portal-actions.ts";
import type { PortalRecord } from "../resources/portal-record.ts";
import { priceCollection } from "../resources/price-record.ts";
import { productCollection } from "../resources/product-record.ts";
import type { SubscriptionRecord } from "../resources/subscription-record.ts";
import { CARD_FIELDS } from "./card-form.ts";
import { renderDate, renderMoney } from "./money.ts";

/** What of the portal its configuration, or the flow of a session, shows. */
export function createPortalSections(account: Account, actions: ReturnType<typeof openPortalActions>) {
  const prices = priceCollection(account.journal);
  const products = productCollection(account.journal);
  const invoices = openInvoices(account);
  const methods = openPaymentMethods(account);

  const nameOf = (product: string): string => products.get(product)?.name ?? product;

  const renderAction = (
    { secret }: PortalRecord,
    action: string,
    hidden: Readonly<Record<string, string>>,
    button: string,
  ): Markup => renderForm({ action: `/p/session/${secret}/${action}`, hidden, button, isSecondary: true });

  function renderSubscription(portal: PortalRecord, subscription: SubscriptionRecord): Markup {
    const { id, items, status, cancel_at_period_end: ends } = subscription;
    const features = actions.featuresOf(portal);
    const names = items.data.map(({ price }) => nameOf(price.product)).join(", ");
    const end = renderDate(Math.min(...items.data.map(({ current_period_end: at }) => at)));
    const [item] = items.data;
    const choices =
      features.subscription_update.enabled && items.data.length === 1
        ? (features.subscription_update.products ?? [])
            .flatMap((product) => product.prices)
            .flatMap((price) => prices.get(price) ?? [])
            .filter((price) => price.id !== item?.price.id)
        : [];
    const change = ends
      ? renderAction(portal, "resume", { subscription: id }, `Keep ${names}`)
      : renderAction(portal, "cancel", { subscription: id }, `Cancel ${names}`);
    return html`<li>${names} (${status}): ${ends ? "ends" : "renews"} on ${end}
${features.subscription_cancel.enabled ? change : ""}${choices.map((price) =>
  renderAction(
    portal,
    "switch",
    { subscription: id, price: price.id },
    `Change to ${nameOf(price.product)}, ${renderMoney(price.unit_amount ?? 0, price.currency)}`,
  ),
)}</li>`;
  }

  function renderCards(portal: PortalRecord): Markup {
    const cards = methods.listOf(portal.session.customer);
    return html`<h2>Payment methods</h2>
<ul>${cards.map(({ card }) => html`<li>${card.brand} ending in ${card.last4}</li>`)}</ul>
${renderForm({ action: `/p/session/${portal.secret}/card`, hidden: {}, fields: CARD_FIELDS, button: "Save card" })}`;
  }

  function renderInvoices({ session }: PortalRecord): Markup {
    const found = invoices.filter(({ customer, status }) => customer === session.customer && status !== "draft");
    return html`<h2>Invoices</h2>
<ul>${found.map(
      ({ created, total, currency, status }) =>
        html`<li>${renderDate(created)}: ${renderMoney(total, currency)}, ${status ?? ""}</li>`,
    )}</ul>`;
  }

  return (portal: PortalRecord): Markup => {
    const features = actions.featuresOf(portal);
    const { flow } = portal.session;
    const isAbout = (type: string): boolean => flow === null || flow.type.startsWith(type);
    const only =
      flow?.subscription_cancel ?? flow?.subscription_update ?? flow?.subscription_update_confirm ?? undefined;
    const own = actions
      .subscriptionsOf(portal)
      .filter(({ id }) => only === undefined || id === only.subscription)
      .map((subscription) => renderSubscription(portal, subscription));
    return html`${isAbout("subscription") ? html`<ul>${own.length === 0 ? html`<li>No subscription</li>` : own}</ul>` : ""}
${features.payment_method_update.enabled && isAbout("payment_method") ? renderCards(portal) : ""}
${features.invoice_history.enabled && flow === null ? renderInvoices(portal) : ""}`;
  };
}
