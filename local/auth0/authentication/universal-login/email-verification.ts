import type { Context } from "hono";
import type { Tenant } from "../../tenant.ts";
import { changeUser } from "../../users/write-users.ts";
import { renderMessage } from "../pages/message-page.ts";
import { useTicket } from "../tickets.ts";

/** `GET /u/email-verification`: the link of the verification mail. Good once, and only for the address it was sent to. */
export function handleEmailVerification(
  tenant: Pick<Tenant, "clock" | "inFlight" | "state">,
  context: Context,
): Promise<Response> {
  const ticket = useTicket(tenant, context.req.query("ticket"), "email-verification");
  const user = ticket === undefined ? undefined : tenant.state.users.get(ticket.userId);
  if (ticket === undefined || user === undefined || user.email !== ticket.email) {
    return renderMessage(context, "Invalid Link", "This URL can be used only once, or it has expired.", 400);
  }
  markEmailVerified(tenant, user.user_id);
  return renderMessage(context, "Email Verified", "Your email address was successfully verified.");
}

export function markEmailVerified(tenant: Pick<Tenant, "clock" | "state">, userId: string): void {
  changeUser(tenant, userId, (user) => ({ ...user, email_verified: true }));
}
