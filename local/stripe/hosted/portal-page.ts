import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault } from "../../http/html-form.ts";
import type { Markup } from "../../http/html-page.ts";
import { type Account, readSeconds } from "../account.ts";
import { StripeFailure } from "../errors.ts";
import { openPortalActions } from "../resources/portal-actions.ts";
import { type PortalRecord, portalSessionCollection } from "../resources/portal-record.ts";
import { readCard } from "./card-form.ts";
import { renderPage } from "./layout.ts";
import { createPortalSections } from "./portal-sections.ts";

/** Seconds in which a session is good. Stripe docs, "Customer portal": an hour. */
const LIFETIME = 60 * 60;

type Action = (portal: PortalRecord, form: URLSearchParams) => void;

interface Handlers {
  readonly show: (context: Context) => Promise<Response>;
  readonly submit: (context: Context) => Promise<Response>;
}

/** The page at the `url` of a portal session, whose secret is all that stands for the customer. */
export function createPortalPage(account: Account): Handlers {
  const sessions = portalSessionCollection(account.journal);
  const actions = openPortalActions(account);
  const renderSections = createPortalSections(account, actions);
  const byName: Readonly<Record<string, Action>> = {
    cancel: (portal, form) => actions.cancel(portal, form.get("subscription") ?? ""),
    resume: (portal, form) => actions.resume(portal, form.get("subscription") ?? ""),
    switch: (portal, form) => actions.switchPrice(portal, form.get("subscription") ?? "", form.get("price") ?? ""),
    card: (portal, form) => actions.addCard(portal, readCard(form)),
  };

  const find = (context: Context): PortalRecord | undefined => {
    const portal = sessions.get(context.req.param("secret") ?? "");
    return portal !== undefined && readSeconds(account.clock) - portal.session.created < LIFETIME ? portal : undefined;
  };
  const render = (context: Context, portal: PortalRecord, fault?: string): Promise<Response> => {
    const { return_url: back } = portal.session;
    const content = html`${renderFault(fault)}${renderSections(portal)}${back === null ? "" : html`<p><a href="${back}">Back to the application</a></p>`}`;
    return renderPage(context, fault === undefined ? 200 : 400, "Your subscription and payments", content);
  };

  return {
    async show(context) {
      const portal = find(context);
      return portal === undefined ? renderOver(context) : render(context, portal);
    },
    async submit(context) {
      const portal = find(context);
      const act = byName[context.req.param("action") ?? ""];
      if (portal === undefined || act === undefined) return renderOver(context);
      try {
        act(portal, new URLSearchParams(await context.req.text()));
      } catch (error) {
        if (error instanceof StripeFailure) return render(context, portal, error.message);
        throw error;
      }
      return complete(context, portal);
    },
  };
}

/** Stripe docs, "Customer portal deep links": where a flow leads when it is done. */
function complete(context: Context, { session, secret }: PortalRecord): Promise<Response> | Response {
  const completion = session.flow?.after_completion;
  if (completion?.type === "hosted_confirmation") {
    const message: Markup = html`<p>${completion.hosted_confirmation?.custom_message ?? "Your change was saved."}</p>`;
    return renderPage(context, 200, "Done", message);
  }
  return context.redirect(completion?.redirect?.return_url ?? `/p/session/${secret}`, 303);
}

function renderOver(context: Context): Promise<Response> {
  return renderPage(
    context,
    404,
    "This page is no longer there",
    html`<p>The session has ended, or never was. Open the portal again from the application.</p>`,
  );
}
