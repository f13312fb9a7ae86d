import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../http/html-form.ts";
import { findConnection } from "../../connections.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { RegistrationRefused } from "../../users/user-error.ts";
import { readCaller } from "../caller.ts";
import { readForm } from "../form.ts";
import { getClient } from "../get-client.ts";
import { sendOnWithSession } from "../login/prove.ts";
import { staleState } from "../pages/error-page.ts";
import { renderPage } from "../pages/layout.ts";
import { useOneTimeCode } from "../passwordless/one-time-code.ts";
import { ensurePasswordlessUser } from "../passwordless/passwordless-user.ts";
import { describeRequest, describeTransaction, queryOf } from "../post-login/describe.ts";
import { getTransaction, takeTransaction } from "../transaction.ts";

/** `GET /u/passwordless`: asks for the code that was sent. */
export function showPasswordless({ inFlight }: Pick<Tenant, "inFlight">, context: Context): Promise<Response> {
  const state = context.req.query("state") ?? "";
  const { step } = getTransaction(inFlight, readDevice(context), state, "passwordless");
  return renderCodePage(context, state, step.to);
}

/** `POST /u/passwordless` */
export async function handlePasswordless(tenant: Tenant, context: Context): Promise<Response> {
  const { state = "", code = "" } = await readForm(context);
  const device = readDevice(context);
  const { request, step } = getTransaction(tenant.inFlight, device, state, "passwordless");
  const connection = findConnection(tenant.state, step.connection);
  if (connection === undefined) throw staleState();
  if (!useOneTimeCode(tenant.inFlight, connection, step.to, code)) {
    return renderCodePage(context, state, step.to, "The code you entered is invalid");
  }
  const method = connection.strategy === "email" ? "email" : "sms";
  const how = {
    caller: readCaller(context),
    client: getClient(tenant.state, request.clientId),
    request: describeRequest(tenant, context, { query: queryOf(request) }),
    transaction: describeTransaction(request),
  };
  let user: User;
  try {
    user = await ensurePasswordlessUser(tenant, connection, step.to, how);
  } catch (error) {
    if (error instanceof RegistrationRefused) return renderCodePage(context, state, step.to, error.message);
    throw error;
  }
  const transaction = takeTransaction(tenant.inFlight, device, state, "passwordless");
  return sendOnWithSession(tenant, context, transaction, { user, connection: connection.name, method });
}

function renderCodePage(context: Context, state: string, to: string, fault?: string): Promise<Response> {
  return renderPage(
    context,
    fault === undefined ? 200 : 400,
    "Verify Your Identity",
    html`<p>We sent a code to ${to}. The tenant's log shows it.</p>
${renderFault(fault)}${renderForm({
  action: `/u/passwordless?state=${encodeURIComponent(state)}`,
  hidden: { state },
  fields: [
    { name: "code", label: "Enter the code", type: "text", autocomplete: "one-time-code", inputMode: "numeric" },
  ],
  button: "Continue",
})}`,
  );
}
