import { describeConnection } from "../../connections.ts";
import type { Session } from "../../state/session.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import type { InFlight } from "../in-flight.ts";
import { readClient } from "../read-client.ts";
import type { LoginTransaction } from "../transaction.ts";
import { makeOneTimeCode, useOneTimeCode } from "./one-time-code.ts";
import { mask } from "./send-code.ts";

type Login = Pick<LoginTransaction, "id" | "request">;

/** A code is good in the login that it was made for. */
const mailboxOf = ({ id }: Pick<Login, "id">) => ({ id: `mfa ${id}` });

/** The code of the second factor `email`, to the address of a user who has one. */
export function sendFactorCode(
  tenant: Pick<Tenant, "actions" | "inFlight" | "log" | "state">,
  login: Login,
  session: Session,
  user: User,
): void {
  const to = user.email ?? "";
  const code = makeOneTimeCode(tenant, mailboxOf(login), to);
  tenant.log(`mfa: the one-time code for ${mask(to)} is ${code}`);
  const text = `Your verification code is: ${code}`;
  tenant.actions.deliverMail({
    to,
    user,
    client: readClient(tenant.state, login.request.clientId),
    connection: describeConnection(tenant.state, session.connection),
    messageType: "mfa_oob_code",
    subject: "Your verification code",
    text,
    html: `<p>${text}</p>`,
  });
}

export function useFactorCode(
  inFlight: InFlight,
  login: Pick<Login, "id">,
  { email = "" }: Pick<User, "email">,
  code: string,
): boolean {
  return useOneTimeCode(inFlight, mailboxOf(login), email, code);
}
