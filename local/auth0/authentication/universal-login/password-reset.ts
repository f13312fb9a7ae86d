import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../http/html-form.ts";
import { describeConnection, findConnection, kindOf, listConnections } from "../../connections.ts";
import { readDevice } from "../../sessions/cookies.ts";
import type { Client, Connection } from "../../state/resources.ts";
import type { Identity, User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { findUserInConnection } from "../../users/find.ts";
import { userIdOf } from "../../users/profile.ts";
import { setPassword } from "../../users/set-password.ts";
import { UserError } from "../../users/user-error.ts";
import { changeUser } from "../../users/write-users.ts";
import { readCaller } from "../caller.ts";
import { forgetFailures } from "../database/attempts.ts";
import { describeRefusal } from "../database/describe-refusal.ts";
import { readForm } from "../form.ts";
import { writeLog } from "../log-event.ts";
import { renderPage } from "../pages/layout.ts";
import { renderMessage } from "../pages/message-page.ts";
import { describeRequest } from "../post-login/describe.ts";
import { readClient } from "../read-client.ts";
import { sendLink } from "../send-mail.ts";
import { createTicketUrl, readTicket, useTicket } from "../tickets.ts";
import { readTransaction } from "../transaction.ts";

/** Sends the mail that lets a user choose a new password (a link in the server's log). */
export function sendPasswordReset(
  tenant: Pick<Tenant, "actions" | "inFlight" | "issuer" | "log" | "state">,
  user: User,
  connection: Connection,
  client: Client,
): void {
  const identity = user.identities.find((candidate) => candidate.connection === connection.name);
  if (identity === undefined) return;
  const url = createTicketUrl(tenant, {
    for: "password-reset",
    userId: user.user_id,
    identityId: userIdOf(identity),
  });
  sendLink(tenant, {
    messageType: "reset_email",
    subject: "Choose a new password",
    purpose: "choose a new password",
    url,
    user,
    client,
    connection: describeConnection(tenant.state, connection.name),
  });
}

/** `GET /u/reset-password/request`: asks for the address, in the middle of a login. */
export function showResetRequest({ inFlight }: Pick<Tenant, "inFlight">, context: Context): Promise<Response> {
  const state = context.req.query("state") ?? "";
  readTransaction(inFlight, readDevice(context), state, "login");
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
  const { request } = readTransaction(tenant.inFlight, readDevice(context), state, "login");
  const client = readClient(tenant.state, request.clientId);
  const connections = listConnections(tenant.state, client, request);
  const database = connections.find((connection) => kindOf(connection) === "database");
  const user = database && findUserInConnection(tenant.state, database.name, "email", email.trim());
  if (user !== undefined && database !== undefined) sendPasswordReset(tenant, user, database, client);
  return renderMessage(context, "Check Your Email", "We've just sent you an email to reset your password.");
}

/** `GET /u/reset-password`: the link of that mail. */
export function showPasswordReset(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
): Promise<Response> {
  const ticket = context.req.query("ticket") ?? "";
  return findAccount(tenant, ticket) === undefined ? renderInvalid(context) : renderReset(context, ticket);
}

/** `POST /u/reset-password` */
export async function handlePasswordReset(tenant: Tenant, context: Context): Promise<Response> {
  const { ticket = "", password = "" } = await readForm(context);
  const account = findAccount(tenant, ticket);
  if (account === undefined) return renderInvalid(context);
  const { user, identity, connection, verifiesEmail } = account;
  try {
    await setPassword(tenant.state, connection, user, identity, password);
  } catch (error) {
    if (error instanceof UserError) return renderReset(context, ticket, describeRefusal(error));
    throw error;
  }
  useTicket(tenant, ticket, "password-reset");
  const changed = changeUser(tenant, user.user_id, (current) => ({
    ...current,
    last_password_reset: isoTime(tenant.clock()),
    ...(verifiesEmail && { email_verified: true }),
  }));
  tenant.actions.runPostChangePassword({
    connection: describeConnection(tenant.state, connection.name),
    request: describeRequest(tenant, context, {}),
    user: changed ?? user,
  });
  const caller = readCaller(context);
  for (const identifier of [user.email, user.username]) {
    if (identifier !== undefined) forgetFailures(tenant.inFlight, { connection, identifier, ip: caller.ip });
  }
  writeLog(tenant, { type: "scp", caller, user, connection: connection.name });
  return renderMessage(context, "Password Changed!", "Your password has been changed successfully.");
}

function findAccount(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  ticket: string,
): { user: User; identity: Identity; connection: Connection; verifiesEmail: boolean } | undefined {
  const { state } = tenant;
  const found = readTicket(tenant, ticket, "password-reset");
  const user = found === undefined ? undefined : state.users.get(found.userId);
  const identity = user?.identities.find((candidate) => userIdOf(candidate) === found?.identityId);
  const connection = identity === undefined ? undefined : findConnection(state, identity.connection);
  return user === undefined || identity === undefined || connection === undefined
    ? undefined
    : { user, identity, connection, verifiesEmail: found?.verifiesEmail === true };
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
