import type { Context } from "hono";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { renderMessage } from "../pages/message-page.ts";
import { useTicket } from "../tickets.ts";

/** `GET /u/email-verification`: the link of the verification mail. Good once, and only for the address it was sent to. */
export function handleEmailVerification(tenant: Tenant, context: Context): Promise<Response> {
  const ticket = useTicket(tenant, context.req.query("ticket"), "email-verification");
  const user = ticket === undefined ? undefined : tenant.state.users.get(ticket.userId);
  if (ticket === undefined || user === undefined || user.email !== ticket.email) {
    return renderMessage(context, "Invalid Link", "This URL can be used only once, or it has expired.", 400);
  }
  markEmailVerified(tenant, user);
  return renderMessage(context, "Email Verified", "Your email address was successfully verified.");
}

export function markEmailVerified(tenant: Tenant, user: User): User {
  const updated_at = new Date(tenant.clock()).toISOString();
  return tenant.state.users.set(user.user_id, { ...user, email_verified: true, updated_at });
}
