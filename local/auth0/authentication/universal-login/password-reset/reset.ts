import type { Context } from "hono";
import { html } from "hono/html";
import { renderFault, renderForm } from "../../../../http/html-form.ts";
import { describeConnection } from "../../../connections.ts";
import type { Tenant } from "../../../tenant.ts";
import { setPassword } from "../../../users/set-password.ts";
import { UserError } from "../../../users/user-error.ts";
import { changeUser } from "../../../users/write-users.ts";
import { readCaller } from "../../caller.ts";
import type { Continuation } from "../../continue.ts";
import { forgetFailures } from "../../database/attempts.ts";
import { describeRefusal } from "../../database/describe-refusal.ts";
import { readForm } from "../../form.ts";
import { writeLog } from "../../log-event.ts";
import { renderPage } from "../../pages/layout.ts";
import { renderMessage } from "../../pages/message-page.ts";
import { describeRequest } from "../../post-login/describe.ts";
import { useTicket } from "../../tickets.ts";
import { findAccount, type ResetAccount } from "./account.ts";
import { findPassed, passChallenge, resumeChallenge } from "./challenge.ts";

/** `GET /u/reset-password`: the link of that mail. */
export async function showPasswordReset(tenant: Tenant, context: Context): Promise<Response> {
  const ticket = context.req.query("ticket") ?? "";
  const account = findAccount(tenant, ticket);
  if (account === undefined) return renderInvalid(context);
  const passing = await passChallenge(tenant, context, ticket, account);
  return passing instanceof Response ? passing : renderReset(context, ticket);
}

/** `GET|POST /continue` of a reset that an Action sent away. */
export async function continuePasswordReset(
  tenant: Tenant,
  context: Context,
  continuation: Continuation,
): Promise<Response> {
  const ticket = await resumeChallenge(tenant, context, continuation);
  if (ticket instanceof Response) return ticket;
  return findAccount(tenant, ticket) === undefined ? renderInvalid(context) : renderReset(context, ticket);
}

/** `POST /u/reset-password` */
export async function handlePasswordReset(tenant: Tenant, context: Context): Promise<Response> {
  const { ticket = "", password = "" } = await readForm(context);
  const account = findAccount(tenant, ticket);
  if (account === undefined) return renderInvalid(context);
  // A form that comes without its page has passed no Action yet.
  const passing = findPassed(tenant, ticket) ?? (await passChallenge(tenant, context, ticket, account));
  if (passing instanceof Response) return passing;
  try {
    await setPassword(tenant.state, account.connection, account.user, account.identity, password);
  } catch (error) {
    if (error instanceof UserError) return renderReset(context, ticket, describeRefusal(error));
    throw error;
  }
  useTicket(tenant, ticket, "password-reset");
  tellOfChange(tenant, context, account);
  if (passing.resultUrl !== undefined) return context.redirect(passing.resultUrl);
  return renderMessage(context, "Password Changed!", "Your password has been changed successfully.");
}

function tellOfChange(tenant: Tenant, context: Context, { connection, user, verifiesEmail }: ResetAccount): void {
  const changed = changeUser(tenant, user.user_id, (current, now) => ({
    ...current,
    last_password_reset: now,
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
