import type { Context } from "hono";
import { isEnabledInOrganization } from "../../connections.ts";
import { randomAlphanumeric } from "../../ids.ts";
import { LoginRequired } from "../../oauth-error.ts";
import { ensureDevice, readSessionCookie } from "../../sessions/cookies.ts";
import { findSession } from "../../sessions/sessions.ts";
import type { Session } from "../../state/session.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { getClient } from "../get-client.ts";
import { openTransaction } from "../transaction.ts";
import { finishLogin } from "./finish.ts";
import { sendToFirstPage } from "./first-page.ts";
import { checkSilentCallback } from "./verifiable-callback.ts";

/** A checked request: single sign-on where the browser's session is good for it, else the pages. */
export async function beginLogin(tenant: Tenant, context: Context, request: AuthorizationRequest): Promise<Response> {
  const session = findSession(tenant, readSessionCookie(context));
  const client = getClient(tenant.state, request.clientId);
  const login = { id: randomAlphanumeric(32), device: ensureDevice(context), request };
  const asksFirst =
    client.organization_usage === "require" && client.organization_require_behavior === "pre_login_prompt";
  if (asksFirst && request.organization === undefined && !request.prompt.includes("none")) {
    const state = openTransaction(tenant, { ...login, step: { at: "organization" } });
    return context.redirect(`/u/organization?state=${state}`);
  }
  if (session !== undefined && isGoodFor(tenant, session, request)) {
    checkSilentCallback(tenant.state, client, request);
    return finishLogin(tenant, context, { ...login, session });
  }
  if (request.prompt.includes("none")) throw new LoginRequired();
  return sendToFirstPage(tenant, context, login);
}

/** Whether the user need not prove again who they are. */
function isGoodFor(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  session: Session,
  request: AuthorizationRequest,
): boolean {
  if (request.prompt.includes("login") || request.prompt.includes("select_account")) return false;
  if (request.connection !== undefined && request.connection !== session.connection) return false;
  if (request.organization !== undefined && !isEnabledInOrganization(state, request.organization, session.connection)) {
    return false;
  }
  const age = (clock() - session.authenticated_at) / 1000;
  return request.maxAge === undefined || age <= request.maxAge;
}
