import type { Context } from "hono";
import { html } from "hono/html";
import { renderForm } from "../../../http/html-form.ts";
import { AccessDenied } from "../../oauth-error.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Tenant } from "../../tenant.ts";
import { saveConsent } from "../consent/consent.ts";
import { readForm } from "../form.ts";
import { getClient } from "../get-client.ts";
import { getUser } from "../get-user.ts";
import { answerClient } from "../login/answer-client.ts";
import { getOwnSession } from "../login/resume.ts";
import { sendCode } from "../login/send-code.ts";
import { renderPage } from "../pages/layout.ts";
import { getTransaction, takeTransaction } from "../transaction.ts";

/** `GET /u/consent`: what the client asks for. */
export function showConsent(tenant: Pick<Tenant, "inFlight" | "state">, context: Context): Promise<Response> {
  const state = context.req.query("state") ?? "";
  const { request, step } = getTransaction(tenant.inFlight, readDevice(context), state, "consent");
  const client = getClient(tenant.state, request.clientId);
  const api = tenant.state.resourceServers.find(({ identifier }) => identifier === step.authorization.audience);
  const describe = (scope: string) => api?.scopes?.find(({ value }) => value === scope)?.description ?? scope;
  const action = `/u/consent?state=${encodeURIComponent(state)}`;
  return renderPage(
    context,
    200,
    "Authorize App",
    html`<p>${client.name} is requesting access to your account${api === undefined ? "" : ` at ${api.name ?? api.identifier}`}.</p>
<ul>${step.scopes.map((scope) => html`<li>${describe(scope)}</li>`)}</ul>
${renderForm({ action, hidden: { state, action: "accept" }, button: "Accept" })}
${renderForm({ action, hidden: { state, action: "deny" }, button: "Decline", isSecondary: true })}`,
  );
}

/** `POST /u/consent` */
export async function handleConsent(tenant: Tenant, context: Context): Promise<Response> {
  const form = await readForm(context);
  const { request, step } = takeTransaction(tenant.inFlight, readDevice(context), form.state, "consent");
  const { authorization, scopes } = step;
  getOwnSession(tenant, context, authorization.sessionId ?? "");
  return answerClient(tenant, context, request, async () => {
    if (form.action !== "accept") throw new AccessDenied("User did not authorize the request");
    getUser(tenant.state, authorization.userId);
    saveConsent(tenant.state, authorization.userId, request.clientId, authorization.audience, scopes);
    return sendCode(tenant.inFlight, context, request, authorization);
  });
}
