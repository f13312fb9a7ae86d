import type { ActionRequest } from "../../../actions/login-context.ts";
import { describeConnection } from "../../../connections.ts";
import type { Client, Connection } from "../../../state/resources.ts";
import type { User } from "../../../state/user.ts";
import { userIdOf } from "../../../state/user-keys.ts";
import type { Tenant } from "../../../tenant.ts";
import { sendLink } from "../../send-mail.ts";
import { createTicketUrl } from "../../tickets.ts";

/** Sends the mail that lets a user choose a new password (a link in the server's log). */
export function sendPasswordReset(
  tenant: Pick<Tenant, "actions" | "inFlight" | "issuer" | "log" | "state">,
  user: User,
  connection: Connection,
  { client, request }: { readonly client: Client; readonly request: ActionRequest },
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
    request,
    connection: describeConnection(tenant.state, connection.name),
  });
}
