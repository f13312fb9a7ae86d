import { type Factor, findAuthenticator } from "../../mfa/factors.ts";
import { useRecoveryCode } from "../../mfa/recovery-code.ts";
import { confirmTotp, useTotp } from "../../mfa/use-totp.ts";
import { InvalidGrant, InvalidRequest, OAuthError, TooManyAttempts } from "../../oauth-error.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { getUser } from "../get-user.ts";
import { writeLog } from "../log-event.ts";
import { findSentCode, useSentCode } from "../mfa-api/oob-code.ts";
import { closePendingLogin, getPendingLogin, noteWrongCode, type OpenLogin } from "../mfa-api/pending-login.ts";
import { readRequired } from "../parameters.ts";
import type { Grant, Granted, TokenRequest } from "./grant.ts";

/** The exchange that ended in `mfa_required` goes on, with the code of an app, which is set up by its first one. */
export const mfaOtp: Grant = (request) =>
  passFactor(request, "otp", ({ tenant, parameters }, login) => {
    const code = readRequired(parameters, "otp");
    const use = login.type === "challenge" ? useTotp : confirmTotp;
    if (!login.factors.includes("otp") || !use(tenant, login.userId, code)) throw new InvalidGrant("Invalid otp_code.");
    return {};
  });

/** With a code that was sent by email. */
export const mfaOob: Grant = (request) =>
  passFactor(request, "email", ({ tenant, parameters }, login, user) => {
    const oobCode = readRequired(parameters, "oob_code");
    const sent = findSentCode(tenant, oobCode);
    if (sent?.loginId !== login.id) throw new InvalidRequest("The oob_code doesn't match the mfa_token");
    const code = readRequired(parameters, "binding_code");
    if (!useSentCode(tenant, oobCode, sent, user, code)) throw new InvalidGrant("Invalid binding_code.");
    confirmAddress(tenant, sent.authenticatorId);
    return {};
  });

/** With the code for who lost the factor; the answer has the next one. */
export const mfaRecoveryCode: Grant = (request) =>
  passFactor(request, "recovery-code", ({ tenant, parameters }, login) => {
    const code = readRequired(parameters, "recovery_code");
    const next = login.type === "challenge" ? useRecoveryCode(tenant, login.userId, code) : undefined;
    if (next === undefined) throw new InvalidGrant("MFA Authorization rejected.");
    return { recovery_code: next };
  });

type Passed = Pick<Granted["response"], "recovery_code">;

async function passFactor(
  request: TokenRequest,
  factor: Factor | "recovery-code",
  check: (request: TokenRequest, login: OpenLogin, user: User) => Passed,
): Promise<Granted> {
  const { tenant, client, caller, parameters } = request;
  const login = getPendingLogin(tenant, readRequired(parameters, "mfa_token"), client);
  const user = getUser(tenant.state, login.userId);
  const log = (type: string): void => writeLog(tenant, { type, caller, client, user, connection: login.connection });
  const passed = attempt(() => check(request, login, user));
  if (passed instanceof OAuthError) {
    log("gd_auth_failed");
    const isTooMany = passed instanceof InvalidGrant && noteWrongCode(tenant, login);
    throw isTooMany ? new TooManyAttempts("Too many wrong codes.") : passed;
  }
  closePendingLogin(tenant, login);
  log("gd_auth_succeed");
  const granted = await login.goOn(factor);
  return { ...granted, response: { ...granted.response, ...passed } };
}

function attempt(check: () => Passed): Passed | OAuthError {
  try {
    return check();
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
}

/** An address that was waiting for its first code; the one before it is dropped. */
function confirmAddress({ state }: Pick<Tenant, "state">, id: string | undefined): void {
  const waiting = id === undefined ? undefined : state.authenticators.get(id);
  if (waiting?.type !== "email") return;
  const former = findAuthenticator(state, waiting.user_id, "email");
  if (former !== undefined) state.authenticators.delete(former.id);
  const { confirmed: _, ...confirmed } = waiting;
  state.authenticators.set(waiting.id, confirmed);
}
