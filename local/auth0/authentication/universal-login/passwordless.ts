import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../http/html-form.ts";
import { findConnection } from "../../connections.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Tenant } from "../../tenant.ts";
import { readForm } from "../form.ts";
import { sendOnWithSession } from "../login/prove.ts";
import { staleState } from "../pages/error-page.ts";
import { renderPage } from "../pages/layout.ts";
import { useOneTimeCode } from "../passwordless/one-time-code.ts";
import { ensurePasswordlessUser } from "../passwordless/passwordless-user.ts";
import { readTransaction, takeTransaction } from "../transaction.ts";

/** `GET /u/passwordless`: asks for the code that was sent. */
export function showPasswordless({ inFlight }: Pick<Tenant, "inFlight">, context: Context): Promise<Response> {
  const state = context.req.query("state") ?? "";
  const { step } = readTransaction(inFlight, readDevice(context), state, "passwordless");
  return renderCodePage(context, state, step.to);
}

/** `POST /u/passwordless` */
export async function handlePasswordless(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
): Promise<Response> {
  const { state = "", code = "" } = await readForm(context);
  const device = readDevice(context);
  const { step } = readTransaction(tenant.inFlight, device, state, "passwordless");
  const connection = findConnection(tenant.state, step.connection);
  if (connection === undefined) throw staleState();
  if (!useOneTimeCode(tenant.inFlight, connection, step.to, code)) {
    return renderCodePage(context, state, step.to, "The code you entered is invalid");
  }
  const transaction = takeTransaction(tenant.inFlight, device, state, "passwordless");
  const user = await ensurePasswordlessUser(tenant, connection, step.to);
  const method = connection.strategy === "email" ? "email" : "sms";
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
