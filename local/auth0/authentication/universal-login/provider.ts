import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault } from "../../../http/html-form.ts";
import { findConnection, labelOf } from "../../connections.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { readForm } from "../form.ts";
import { sendOnWithSession } from "../login/prove.ts";
import { staleState } from "../pages/error-page.ts";
import { renderPage } from "../pages/layout.ts";
import { ensureProviderUser } from "../provider/provider-user.ts";
import { getTransaction, takeTransaction } from "../transaction.ts";

/** `GET /u/provider`: stands in for the page of a social or enterprise provider, and lets anybody be anybody. */
export function showProvider(tenant: Pick<Tenant, "inFlight" | "state">, context: Context): Promise<Response> {
  const state = context.req.query("state") ?? "";
  return renderProvider(context, state, getConnection(tenant, context, state));
}

/** `POST /u/provider` */
export async function handleProvider(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
): Promise<Response> {
  const form = await readForm(context);
  const state = form.state ?? "";
  const connection = getConnection(tenant, context, state);
  const email = (form.email ?? "").trim().toLowerCase();
  const name = (form.name ?? "").trim();
  if (email === "" && name === "")
    return renderProvider(context, state, connection, "Enter an email address or a name");
  if (email !== "" && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    return renderProvider(context, state, connection, "Email is not valid.");
  }
  const transaction = takeTransaction(tenant.inFlight, readDevice(context), state, "provider");
  const user = await ensureProviderUser(tenant, connection, {
    account: email === "" ? name : email,
    ...(email !== "" && { email, email_verified: form.email_verified === "true" }),
    ...(name !== "" && { name }),
  });
  return sendOnWithSession(tenant, context, transaction, { user, connection: connection.name, method: "federated" });
}

function getConnection(tenant: Pick<Tenant, "inFlight" | "state">, context: Context, state: string): Connection {
  const { step } = getTransaction(tenant.inFlight, readDevice(context), state, "provider");
  const connection = findConnection(tenant.state, step.connection);
  if (connection === undefined) throw staleState();
  return connection;
}

function renderProvider(context: Context, state: string, connection: Connection, fault?: string): Promise<Response> {
  return renderPage(
    context,
    fault === undefined ? 200 : 400,
    `Sign in with ${labelOf(connection)}`,
    html`<p>This page stands in for the provider: say who you are there.</p>
${renderFault(fault)}<form method="post" action="/u/provider?state=${encodeURIComponent(state)}">
<input type="hidden" name="state" value="${state}">
<label for="email">Email address</label>
<input id="email" name="email" type="email" autocomplete="email">
<label class="choice"><input name="email_verified" type="checkbox" value="true" checked> The provider has verified it</label>
<label for="name">Name</label>
<input id="name" name="name" type="text" autocomplete="name">
<button type="submit">Continue</button>
</form>`,
  );
}
