import type { ActionRequest } from "../../actions/login-context.ts";
import { describeConnection } from "../../connections.ts";
import { findMailbox } from "../../mfa/factors.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { getClient } from "../get-client.ts";
import { makeOneTimeCode, useOneTimeCode } from "./one-time-code.ts";
import { mask } from "./send-code.ts";

/** What a code is good for: the login, or the set-up, that it was made for. */
export interface CodePurpose {
  readonly id: string;
  readonly clientId: string;
  /** Name. */
  readonly connection: string;
  /** That made this tenant send it. */
  readonly request: ActionRequest;
}

type Purpose = Pick<CodePurpose, "id">;

const mailboxOf = ({ id }: Purpose) => ({ id: `mfa ${id}` });

/** The code of the second factor `email`: to the address that is set up for it, or that is to be set up. */
export function sendFactorCode(
  tenant: Pick<Tenant, "actions" | "inFlight" | "log" | "state">,
  purpose: CodePurpose,
  user: User,
  to = findMailbox(tenant.state, user) ?? "",
): void {
  const code = makeOneTimeCode(tenant, mailboxOf(purpose), to);
  tenant.log(`mfa: the one-time code for ${mask(to)} is ${code}`);
  const text = `Your verification code is: ${code}`;
  tenant.actions.deliverMail({
    to,
    user,
    client: getClient(tenant.state, purpose.clientId),
    connection: describeConnection(tenant.state, purpose.connection),
    request: purpose.request,
    messageType: "mfa_oob_code",
    subject: "Your verification code",
    text,
    html: `<p>${text}</p>`,
  });
}

export function useFactorCode(
  { inFlight, state }: Pick<Tenant, "inFlight" | "state">,
  purpose: Purpose,
  user: User,
  code: string,
  sentTo = findMailbox(state, user) ?? "",
): boolean {
  return useOneTimeCode(inFlight, mailboxOf(purpose), sentTo, code);
}
