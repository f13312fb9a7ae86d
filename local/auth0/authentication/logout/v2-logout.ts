import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import { ErrorPage } from "../pages/error-page.ts";
import { endBrowserSession } from "./end-browser-session.ts";
import { isAllowedLogoutUrl } from "./logout-url.ts";

/** `GET /v2/logout`: with `client_id` the client's list of URLs counts, else the tenant's; without `returnTo` its first. */
export function handleLogout(tenant: Tenant, context: Context): Response {
  const { client_id: clientId, returnTo } = context.req.query();
  const client = clientId === undefined ? undefined : tenant.state.clients.get(clientId);
  const allowed =
    client === undefined ? tenant.state.settings.get("tenant")?.allowed_logout_urls : client.allowed_logout_urls;
  const urls = clientId !== undefined && client === undefined ? [] : Array.isArray(allowed) ? allowed.map(String) : [];
  if (returnTo !== undefined && returnTo !== "" && !isAllowedLogoutUrl(returnTo, urls, client)) {
    throw new ErrorPage(
      400,
      "invalid_request",
      `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in "Allowed Logout URLs".`,
    );
  }
  endBrowserSession(tenant, context, client);
  const target = returnTo === undefined || returnTo === "" ? urls[0] : returnTo;
  return target === undefined ? context.text("OK") : context.redirect(new URL(target).href);
}
