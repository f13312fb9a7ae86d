import type { ActionRequest } from "../../actions/login-context.ts";
import { describeConnection } from "../../connections.ts";
import type { Client, Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { findUserInConnection } from "../../users/find.ts";
import { makeOneTimeCode } from "./one-time-code.ts";

/** Shows a new code in the server's log, which stands in for the mail or the text; an Action that delivers those is handed it besides. */
export function sendOneTimeCode(
  tenant: Pick<Tenant, "actions" | "inFlight" | "log" | "state">,
  connection: Connection,
  { to, client, request }: { readonly to: string; readonly client: Client; readonly request: ActionRequest },
): void {
  const code = makeOneTimeCode(tenant, connection, to);
  tenant.log(`${connection.name}: the one-time code for ${mask(to)} is ${code}`);
  const isEmail = connection.strategy === "email";
  const message = {
    to,
    client,
    request,
    connection: describeConnection(tenant.state, connection.name),
    user: findUserInConnection(tenant.state, connection.name, isEmail ? "email" : "phone_number", to),
    text: `Your verification code is: ${code}`,
  };
  if (isEmail) {
    const subject = "Your verification code";
    const html = `<p>${message.text}</p>`;
    tenant.actions.deliverMail({ ...message, messageType: "verification_code", subject, html });
  } else {
    tenant.actions.deliverPhoneMessage({ ...message, messageType: "otp_verify", code });
  }
}

/** Enough to tell two apart at the terminal; the address itself stays out of logs. */
export const mask = (to: string): string => (to.includes("@") ? `${to.slice(0, 1)}***@***` : `***${to.slice(-3)}`);
