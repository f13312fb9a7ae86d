import type { ActionRequest } from "../../actions/login-context.ts";
import { digest, newSecret } from "../../digest.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { sendFactorCode, useFactorCode } from "../passwordless/factor-code.ts";

/** A code that was sent by email, and what it is a step of. */
export interface SentCode {
  /** Of the login that waits for it. */
  readonly loginId: string;
  readonly to: string;
  /** That is to be set up. */
  readonly authenticatorId?: string;
}

interface Sender {
  readonly clientId: string;
  readonly connection: string;
  readonly user: User;
  readonly request: ActionRequest;
}

/** @returns the `oob_code`, by which the client says which code its user has typed */
export function sendOobCode(
  tenant: Pick<Tenant, "actions" | "inFlight" | "log" | "state">,
  sent: SentCode,
  { clientId, connection, request, user }: Sender,
): string {
  const oobCode = newSecret();
  const id = digest(oobCode);
  tenant.inFlight.sentCodes.set(id, sent);
  sendFactorCode(tenant, { id, clientId, connection, request }, user, sent.to);
  return oobCode;
}

export const findSentCode = ({ inFlight }: Pick<Tenant, "inFlight">, oobCode: string): SentCode | undefined =>
  inFlight.sentCodes.get(digest(oobCode));

/** Whether it is the code that was sent. It is good once. */
export function useSentCode(
  tenant: Pick<Tenant, "inFlight" | "state">,
  oobCode: string,
  { to }: SentCode,
  user: User,
  code: string,
): boolean {
  const id = digest(oobCode);
  return useFactorCode(tenant, { id }, user, code, to) && tenant.inFlight.sentCodes.delete(id);
}
