import type { Context } from "hono";
import { describeConnection } from "../../../connections.ts";
import type { Client, Connection } from "../../../state/resources.ts";
import type { User } from "../../../state/user.ts";
import { userIdOf } from "../../../state/user-keys.ts";
import type { Tenant } from "../../../tenant.ts";
import { describeRequest } from "../../post-login/describe.ts";
import { sendLink } from "../../send-mail.ts";
import { createTicketUrl } from "../../tickets.ts";

/** Sends the mail that lets a user choose a new password (a link in the server's log). */
export function sendPasswordReset(
  tenant: Pick<Tenant, "actions" | "domain" | "geolocation" | "inFlight" | "issuer" | "log" | "state">,
  context: Context,
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
    clientId: client.client_id,
  });
  sendLink(tenant, {
    messageType: "reset_email",
    subject: "Choose a new password",
    purpose: "choose a new password",
    url,
    user,
    client,
    request: describeRequest(tenant, context, {}),
    connection: describeConnection(tenant.state, connection.name),
  });
}
