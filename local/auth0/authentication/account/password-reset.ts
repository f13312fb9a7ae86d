import type { Context } from "hono";
import { html } from "hono/html";
import type { Connection } from "../../state/resources.ts";
import type { Identity, User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { userIdOf } from "../../users/profile.ts";
import { setPassword } from "../../users/set-password.ts";
import { UserError } from "../../users/user-error.ts";
import { readCaller } from "../caller.ts";
import { readForm } from "../form.ts";
import { writeLog } from "../log-event.ts";
import { findConnection } from "../login/connections.ts";
import { renderFault, renderForm } from "../pages/form.ts";
import { renderPage } from "../pages/layout.ts";
import { renderMessage } from "../pages/message-page.ts";
import { createTicketUrl, readTicket, useTicket } from "../tickets.ts";

/** Sends the mail that lets a user choose a new password (a link in the server's log). */
export function sendPasswordReset(tenant: Tenant, user: User, connection: Connection): void {
  const identity = user.identities.find((candidate) => candidate.connection === connection.name);
  if (identity === undefined) return;
  const url = createTicketUrl(tenant, {
    for: "password-reset",
    userId: user.user_id,
    identityId: userIdOf(identity),
  });
  tenant.log(`${user.user_id}: choose a new password at ${url}`);
}

/** `GET /u/reset-password`: the link of that mail. */
export function showPasswordReset(tenant: Tenant, context: Context): Promise<Response> {
  const ticket = context.req.query("ticket") ?? "";
  return findAccount(tenant, ticket) === undefined ? renderInvalid(context) : renderReset(context, ticket);
}

/** `POST /u/reset-password` */
export async function handlePasswordReset(tenant: Tenant, context: Context): Promise<Response> {
  const { ticket = "", password = "" } = await readForm(context);
  const account = findAccount(tenant, ticket);
  if (account === undefined) return renderInvalid(context);
  const { user, identity, connection } = account;
  try {
    await setPassword(tenant, connection, user, identity, password);
  } catch (error) {
    if (error instanceof UserError) return renderReset(context, ticket, "Password is too weak");
    throw error;
  }
  useTicket(tenant, ticket, "password-reset");
  tenant.state.users.set(user.user_id, { ...user, last_password_reset: new Date(tenant.clock()).toISOString() });
  writeLog(tenant, { type: "scp", caller: readCaller(context), user, connection: connection.name });
  return renderMessage(context, "Password Changed!", "Your password has been changed successfully.");
}

function findAccount(
  tenant: Tenant,
  ticket: string,
): { user: User; identity: Identity; connection: Connection } | undefined {
  const found = readTicket(tenant, ticket, "password-reset");
  const user = found === undefined ? undefined : tenant.state.users.get(found.userId);
  const identity = user?.identities.find((candidate) => userIdOf(candidate) === found?.identityId);
  const connection = identity === undefined ? undefined : findConnection(tenant, identity.connection);
  return user === undefined || identity === undefined || connection === undefined
    ? undefined
    : { user, identity, connection };
}

function renderReset(context: Context, ticket: string, fault?: string): Promise<Response> {
  return renderPage(
    context,
    fault === undefined ? 200 : 400,
    "Change Your Password",
    html`<p>Enter a new password below to change your password.</p>
${renderFault(fault)}${renderForm({
  action: "/u/reset-password",
  hidden: { ticket },
  fields: [{ name: "password", label: "New password", type: "password", autocomplete: "new-password" }],
  button: "Reset password",
})}`,
  );
}

const renderInvalid = (context: Context) =>
  renderMessage(context, "Invalid Link", "This URL can be used only once, or it has expired.", 400);
