import type { Context } from "hono";
import { OAuthError } from "../../oauth-error.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { type MFA_SCOPES, mfaAudience } from "../../tokens/mfa-api.ts";
import { verifyToken } from "../../tokens/verify.ts";
import { getUser } from "../get-user.ts";
import { type OpenLogin, readPendingLogin } from "./pending-login.ts";

/** Whose factors a request is about. */
export interface MfaAccess {
  readonly user: User;
  readonly clientId: string;
  /** Where the token is the `mfa_token` of a login that waits. */
  readonly login?: OpenLogin;
}

/**
 * By the bearer token: a `mfa_token`, where that is enough, or an access token for the MFA API.
 *
 * @throws {OAuthError} 401 for any other, 403 without the scope
 */
export async function readMfaAccess(
  tenant: Tenant,
  context: Context,
  scope: (typeof MFA_SCOPES)[number],
): Promise<MfaAccess> {
  const token = /^Bearer +([\w.-]+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
  const login = readPendingLogin(tenant, token);
  if (login !== undefined && scope !== "remove:authenticators") {
    return { user: getUser(tenant.state, login.userId), clientId: login.clientId, login };
  }
  const claims = await verifyToken(tenant, token, mfaAudience(tenant));
  if (claims === undefined) throw new OAuthError(401, "invalid_token", "Invalid mfa_token or access token.");
  if (
    !String(claims.scope ?? "")
      .split(" ")
      .includes(scope)
  ) {
    throw new OAuthError(403, "insufficient_scope", `The access token lacks the scope ${scope}.`);
  }
  return { user: getUser(tenant.state, String(claims.sub)), clientId: String(claims.azp ?? claims.client_id) };
}
