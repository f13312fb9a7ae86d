import { html } from "hono/html";
import type { Markup } from "../../http/html-page.ts";
import type { LocalStripe } from "../../stripe/local-stripe.ts";
import { renderButton, renderClock, renderFaults } from "../controls/render-controls.ts";
import { definePage, type Page } from "../serving/page.ts";
import { type AccountView, type CustomerView, describeAccount, type SubscriptionView } from "./describe-account.ts";
import { FAULTS } from "./faults.ts";
import { WEBHOOK_FAULTS } from "./webhook-faults.ts";

/** The account as it stands, and what may befall it. */
export const createStripePage = (findStripe: () => LocalStripe): Page =>
  definePage({
    path: "/console/stripe",
    read: () => describeAccount(findStripe()),
    render: (view, { token }) => ({
      title: "Stripe",
      section: "/console/stripe",
      content: html`${renderControls(view, token)}${renderCustomers(view, token)}${renderMeters(view)}${renderRequests(view)}`,
    }),
  });

const renderControls = ({ now, fault, webhooks }: AccountView, token: string): Markup =>
  html`${renderFaults({ title: "Faults", subject: "Stripe", faults: FAULTS, fault, none: "Stripe answers. Switch on what a login should meet:", action: "/console/stripe/faults" }, token)}${renderFaults({ title: "Webhooks", subject: "Webhooks", faults: WEBHOOK_FAULTS, fault: webhooks, none: "Webhooks arrive, each once. Switch on what who receives them should meet:", action: "/console/stripe/webhooks" }, token)}${renderClock({ subject: "Stripe", now, note: "It moves forward alone: the tenant's does not move with it.", action: "/console/stripe/clock" }, token)}`;

function renderCustomers({ customers, total }: AccountView, token: string): Markup {
  if (total === 0)
    return html`<section class="card"><h2>Customers</h2><p class="quiet">None yet: a first login makes one.</p></section>\n`;
  const shown =
    customers.length < total
      ? html`<p class="quiet">${total} in all; the newest ${customers.length} are shown.</p>`
      : "";
  return html`<section class="card table" aria-label="Customers"><h2>Customers</h2>${shown}
<table>
<thead><tr><th scope="col">Customer</th><th scope="col">Subscriptions</th></tr></thead>
<tbody>
${customers.map((customer) => renderCustomer(customer, token))}</tbody>
</table></section>
`;
}

const renderCustomer = ({ id, email, subscriptions }: CustomerView, token: string): Markup => html`<tr>
<th scope="row">${email}<br><code class="quiet">${id}</code></th>
<td>${subscriptions.length === 0 ? html`<span class="quiet">none</span>` : subscriptions.map((one) => renderSubscription(one, token))}</td>
</tr>
`;

const TONES: Readonly<Record<string, string>> = { active: "good", trialing: "good", canceled: "", past_due: "late" };

function renderSubscription({ id, status, prices, until, endsThen }: SubscriptionView, token: string): Markup {
  const renderAction = (name: string, label: string): Markup =>
    renderButton(
      `/console/stripe/subscriptions/${id}/${name}`,
      token,
      {},
      html`<button type="submit" class="second" aria-label="${label} ${id}">${label}</button>`,
    );
  return html`<div class="together"><span class="badge ${TONES[status] ?? "bad"}">${status}</span><span>${prices.join(", ")}</span><span class="quiet number">${endsThen ? "ends" : "until"} ${until.slice(0, 10)}</span>${status === "trialing" ? renderAction("end-trial", "End the trial") : ""}${status === "canceled" ? "" : renderAction("cancel", "Cancel")}</div>
`;
}

function renderMeters({ meters }: AccountView): Markup | "" {
  if (meters.length === 0) return "";
  const rows = meters.map(
    ({ name, events, sum }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${events}</td><td class="number">${sum}</td></tr>\n`,
  );
  return html`<section class="card table" aria-label="Meters"><h2>Meters</h2>
<table>
<thead><tr><th scope="col">Meter</th><th scope="col">Events</th><th scope="col" class="number">Sum</th></tr></thead>
<tbody>
${rows}</tbody>
</table></section>
`;
}

function renderRequests({ requests }: AccountView): Markup | "" {
  if (requests.length === 0) return "";
  const rows = requests.map(
    ({ method, path, answer }) =>
      html`<tr><th scope="row"><code>${method} ${path}</code></th><td class="number"><span class="badge ${/^[23]/.test(answer) ? "good" : "bad"}">${answer}</span></td></tr>\n`,
  );
  return html`<section class="card table" aria-label="Requests"><h2>Requests</h2>
<table>
<thead><tr><th scope="col">Request, the newest first</th><th scope="col" class="number">Answer</th></tr></thead>
<tbody>
${rows}</tbody>
</table></section>
`;
}
