import type { Context } from "hono";
import { html } from "hono/html";
import { renderForm } from "../../../../http/html-form.ts";
import { kindOf, listConnections } from "../../../connections.ts";
import { readDevice } from "../../../sessions/cookies.ts";
import type { Tenant } from "../../../tenant.ts";
import { findUserInConnection } from "../../../users/find.ts";
import { readForm } from "../../form.ts";
import { getClient } from "../../get-client.ts";
import { renderPage } from "../../pages/layout.ts";
import { renderMessage } from "../../pages/message-page.ts";
import { describeRequest, queryOf } from "../../post-login/describe.ts";
import { getTransaction } from "../../transaction.ts";
import { sendPasswordReset } from "./send.ts";

/** `GET /u/reset-password/request`: asks for the address, in the middle of a login. */
export function showResetRequest({ inFlight }: Pick<Tenant, "inFlight">, context: Context): Promise<Response> {
  const state = context.req.query("state") ?? "";
  getTransaction(inFlight, readDevice(context), state, "login");
  return renderPage(
    context,
    200,
    "Forgot Your Password?",
    html`<p>Enter your email address and we will send you instructions to reset your password.</p>
${renderForm({
  action: "/u/reset-password/request",
  hidden: { state },
  fields: [{ name: "email", label: "Email address", type: "email", autocomplete: "email" }],
  button: "Continue",
})}`,
  );
}

/** `POST /u/reset-password/request`: the same answer whether or not there is such a user. */
export async function handleResetRequest(tenant: Tenant, context: Context): Promise<Response> {
  const { state = "", email = "" } = await readForm(context);
  const { request } = getTransaction(tenant.inFlight, readDevice(context), state, "login");
  const client = getClient(tenant.state, request.clientId);
  const connections = listConnections(tenant.state, client, request);
  const database = connections.find((connection) => kindOf(connection) === "database");
  const user = database && findUserInConnection(tenant.state, database.name, "email", email.trim());
  if (user !== undefined && database !== undefined) {
    const asked = describeRequest(tenant, context, { query: queryOf(request) });
    sendPasswordReset(tenant, user, database, { client, request: asked });
  }
  return renderMessage(context, "Check Your Email", "We've just sent you an email to reset your password.");
}
