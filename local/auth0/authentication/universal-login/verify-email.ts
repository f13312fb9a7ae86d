import type { Context } from "hono";
import { html } from "hono/html";
import { decodeJwt } from "jose";
import { renderForm } from "../../../http/html-form.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import type { AuthorizationRequest } from "../authorize/request.ts";
import { sendVerification } from "../database/sign-up.ts";
import { readForm } from "../form.ts";
import { getOwnSession } from "../login/resume.ts";
import { ErrorPage, staleState } from "../pages/error-page.ts";
import { renderPage } from "../pages/layout.ts";
import { describeRequest, queryOf } from "../post-login/describe.ts";
import { getTransaction } from "../transaction.ts";
import { markEmailVerified } from "./email-verification.ts";

/**
 * The page that an Action can send users to whose email is not verified (`VERIFY_EMAIL_URL`): a real tenant's operator
 * would build one. Whom it is about, it knows from the login that waits under `state` in this browser; the session token
 * has to be about the same user, and proves nothing by itself (the page does not know the Action's secret).
 */
export function showVerifyEmail(tenant: Tenant, context: Context): Promise<Response> {
  const { state = "", session_token: token = "" } = context.req.query();
  const { request, user } = readLogin(tenant, context, state);
  if (readSubject(token) !== user.user_id) {
    throw new ErrorPage(400, "invalid_request", "The session token is not for this login.");
  }
  if (user.email_verified !== true) {
    const client = tenant.state.clients.get(request.clientId);
    sendVerification(tenant, user, describeRequest(tenant, context, { query: queryOf(request) }), client);
  }
  return renderPage(
    context,
    200,
    "Verify your email",
    html`<p>We sent a message to ${user.email ?? "your address"}. Open the link in it, then continue here.</p>
${renderForm({ action: `/continue?state=${encodeURIComponent(state)}`, hidden: { state, session_token: token }, button: "Continue" })}
<p class="small">No mail leaves this tenant: the link is in its log. Or verify the address right here.</p>
${renderForm({ action: "/u/verify-email", hidden: { state, session_token: token, verify: "true" }, button: "Verify and continue", isSecondary: true })}`,
  );
}

/** `POST /u/verify-email`: stands in for the click on the link in the mail. */
export async function handleVerifyEmail(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
): Promise<Response> {
  const { state = "", session_token: token = "" } = await readForm(context);
  const { user } = readLogin(tenant, context, state);
  if (readSubject(token) !== user.user_id) {
    throw new ErrorPage(400, "invalid_request", "The session token is not for this login.");
  }
  markEmailVerified(tenant, user.user_id);
  return context.redirect(`/continue?${new URLSearchParams({ state, session_token: token })}`);
}

function readLogin(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
  state: string,
): { readonly request: AuthorizationRequest; readonly user: User } {
  const { request, step } = getTransaction(tenant.inFlight, readDevice(context), state, "redirected");
  const user = tenant.state.users.get(getOwnSession(tenant, context, step.sessionId).user_id);
  if (user === undefined) throw staleState();
  return { request, user };
}

function readSubject(token: string): string | undefined {
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}
