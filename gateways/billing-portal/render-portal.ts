import { html } from "hono/html";
import { type Markup, renderBanner, renderForm, renderPage, type Tone } from "../pages/render-page.ts";
import type { Standing } from "./plan-rows.ts";
import { renderCount, renderDate, renderPrice } from "./render-money.ts";
import type { Statement } from "./statements.ts";

export interface Banner {
  readonly tone: Tone;
  readonly text: string;
  /** HTTP's; 200 without it. */
  readonly status?: number;
}

export interface PortalPage {
  /** Of the portal's address. */
  readonly path: string;
  readonly email: string | undefined;
  /** Name of the one that pays; undefined: the person does. */
  readonly organization: string | undefined;
  readonly mayPay: boolean;
  /** Undefined: it could not be read. */
  readonly statement: Statement | undefined;
  readonly formToken: string;
  /** An address of the application, which the settings allow. */
  readonly returnTo: string | undefined;
  readonly hasCustomer: boolean;
  readonly banner?: Banner | undefined;
}

type Row = Statement["rows"][number];

export function renderPortal(page: PortalPage): Promise<Response> {
  const { path, email, organization, mayPay, statement, formToken, returnTo, hasCustomer, banner } = page;
  const whom = organization === undefined ? "" : `, for ${organization}`;
  const intro = email === undefined ? "" : html`<p class="quiet">Signed in as ${email}${whom}</p>\n`;
  const manage = !mayPay
    ? html`<p class="quiet">Members who may pay for your organization can change this.</p>\n`
    : hasCustomer
      ? html`<div class="card"><h2>Payment and invoices</h2>
<p class="quiet">Cards, billing address and invoices are kept by Stripe, on a page of its own.</p>
${renderForm({ action: `${path}/manage`, hidden: { form_token: formToken }, button: "Manage billing", isSecond: true })}</div>\n`
      : "";
  return renderPage({
    title: "Billing",
    styles: `${path}/styles.css`,
    status: banner?.status ?? 200,
    content: html`${intro}${banner === undefined ? "" : renderBanner(banner.tone, banner.text)}${statement?.rows.map((row) => renderRow(row, page)) ?? ""}${manage}${returnTo === undefined ? "" : html`<p><a href="${returnTo}">Back to the application</a></p>`}`,
  });
}

/** A page that says one thing, and where to go. */
export function renderPortalMessage(path: string, banner: Banner, next?: string): Promise<Response> {
  const link = next === undefined ? "" : html`<p><a href="${path}">${next}</a></p>`;
  return renderPage({
    title: "Billing",
    styles: `${path}/styles.css`,
    status: banner.status ?? 200,
    content: html`${renderBanner(banner.tone, banner.text)}${link}`,
  });
}

function renderRow({ scope, name, price, standing, subscription, used, usage }: Row, page: PortalPage): Markup {
  const { badge, tone } = describeStanding(standing);
  const heading = name === scope ? html`<h2><code>${name}</code></h2>` : html`<h2>${name}</h2>`;
  const covers = name === scope ? "" : html`<dt>Covers</dt><dd><code>${scope}</code></dd>`;
  const since = usage && renderDate(usage.from);
  return html`<section class="card">
<div class="head">${heading}<span class="badge ${tone}">${badge}</span></div>
<dl>${covers}${price === undefined ? "" : html`<dt>Price</dt><dd>${renderPrice(price)}</dd>`}${renderEnd(standing)}${
    used === undefined
      ? ""
      : html`<dt>Usage</dt><dd class="number">${renderCount(used)} ${used === 1 ? "request" : "requests"} since ${since}</dd>`
  }</dl>
<div class="actions">${renderButtons(page, { scope, name, price, standing, subscription })}</div>
</section>\n`;
}

const STANDINGS: Readonly<Record<Standing["kind"], { readonly badge: string; readonly tone: string }>> = {
  none: { badge: "Not subscribed", tone: "" },
  active: { badge: "Active", tone: "good" },
  trial: { badge: "Trial", tone: "good" },
  ending: { badge: "Ending", tone: "late" },
  late: { badge: "Payment needed", tone: "late" },
};

const describeStanding = ({ kind }: Standing) => STANDINGS[kind];

function renderEnd(standing: Standing): Markup | "" {
  switch (standing.kind) {
    case "active":
      return html`<dt>Next invoice</dt><dd>${renderDate(standing.until)}</dd>`;
    case "trial":
      return html`<dt>Trial ends</dt><dd>${renderDate(standing.until)}</dd>`;
    case "ending":
      return html`<dt>Ends</dt><dd>${renderDate(standing.until)}</dd>`;
    case "none":
    case "late":
      return "";
  }
}

function renderButtons(
  { path, formToken, mayPay }: PortalPage,
  { scope, name, price, standing, subscription }: Pick<Row, "scope" | "name" | "price" | "standing" | "subscription">,
): Markup | "" {
  const button = (to: string, label: string, fields: Record<string, string>, isSecond: boolean) =>
    renderForm({
      action: `${path}/${to}`,
      hidden: { form_token: formToken, ...fields },
      button: label,
      about: name,
      isSecond,
    });
  if (!mayPay) return "";
  if (standing.kind === "none")
    return price === undefined
      ? html`<p class="quiet">This cannot be subscribed to here at the moment.</p>`
      : button("checkout", "Subscribe", { scope }, false);
  if (standing.kind === "late") return button("manage", "Pay now", {}, false);
  if (standing.kind === "ending" || subscription === undefined) return button("manage", "Manage", {}, true);
  return button("manage", "Cancel subscription", { subscription }, true);
}
