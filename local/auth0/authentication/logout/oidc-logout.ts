import type { Context } from "hono";
import { html } from "hono/html";
import { renderForm } from "../../../http/html-form.ts";
import { digest, isSameSecret } from "../../digest.ts";
import { ensureDevice, readDevice, readSessionCookie } from "../../sessions/cookies.ts";
import { findSession } from "../../sessions/sessions.ts";
import { readTenantSetting } from "../../state/tenant-settings.ts";
import type { Tenant } from "../../tenant.ts";
import { verifyIdTokenHint } from "../../tokens/verify.ts";
import { readForm } from "../form.ts";
import { ErrorPage } from "../pages/error-page.ts";
import { renderPage } from "../pages/layout.ts";
import { endBrowserSession } from "./end-browser-session.ts";
import { isAllowedLogoutUrl } from "./logout-url.ts";

/**
 * `GET|POST /oidc/logout` (OpenID Connect RP-Initiated Logout 1.0). At once when an id token of this very session comes
 * along; otherwise the person is asked, because any site could have sent the browser here (§6), unless the tenant says not to.
 */
export async function handleOidcLogout(tenant: Tenant, context: Context): Promise<Response> {
  const form = context.req.method === "POST" ? await readForm(context) : context.req.query();
  const { id_token_hint: hint, post_logout_redirect_uri: target, state } = form;
  const claims = hint === undefined ? undefined : await verifyIdTokenHint(tenant, hint);
  if (hint !== undefined && claims === undefined) {
    throw new ErrorPage(400, "invalid_request", "Invalid id_token_hint");
  }
  const clientId = form.client_id ?? (typeof claims?.aud === "string" ? claims.aud : undefined);
  if (claims !== undefined && claims.aud !== clientId) {
    throw new ErrorPage(400, "invalid_request", "client_id does not match the id_token_hint");
  }
  const client = clientId === undefined ? undefined : tenant.state.clients.get(clientId);
  const tenantUrls = tenant.state.settings.get("tenant")?.allowed_logout_urls;
  const allowed = client?.allowed_logout_urls ?? (Array.isArray(tenantUrls) ? tenantUrls.map(String) : []);
  if (target !== undefined && !isAllowedLogoutUrl(target, allowed, client)) {
    throw new ErrorPage(
      400,
      "invalid_request",
      `The "post_logout_redirect_uri" parameter "${target}" is not defined as a valid URL in "Allowed Logout URLs".`,
    );
  }

  const session = findSession(tenant, readSessionCookie(context));
  const isOwn = session === undefined || (claims !== undefined && claims.sid === session.id);
  const isAsked = readTenantSetting(tenant.state, "sessions").oidc_logout_prompt_enabled !== false;
  if (!isOwn && isAsked && !isConfirmed(context, form.confirmation)) return renderQuestion(context, form);
  endBrowserSession(tenant, context, client);
  if (target === undefined) return context.text("OK");
  return context.redirect(withState(target, state));
}

/** Nobody but this browser's own page knows the value. */
const confirmationFor = (device: string): string => digest(`log out ${device}`);

function isConfirmed(context: Context, confirmation: string | undefined): boolean {
  const device = readDevice(context);
  return device !== undefined && confirmation !== undefined && isSameSecret(confirmation, confirmationFor(device));
}

function renderQuestion(context: Context, form: Readonly<Record<string, string | undefined>>): Promise<Response> {
  const known = ["id_token_hint", "post_logout_redirect_uri", "client_id", "state"] as const;
  const hidden = Object.fromEntries(known.flatMap((name) => (form[name] === undefined ? [] : [[name, form[name]]])));
  return renderPage(
    context,
    200,
    "Log out",
    html`<p>Are you sure you want to log out?</p>
${renderForm({
  action: "/oidc/logout",
  hidden: { ...hidden, confirmation: confirmationFor(ensureDevice(context)) },
  button: "Log out",
})}`,
  );
}

function withState(target: string, state: string | undefined): string {
  const url = new URL(target);
  if (state !== undefined) url.searchParams.set("state", state);
  return url.href;
}
