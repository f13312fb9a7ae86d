import { createHash } from "node:crypto";
import { digest, isSameSecret, newSecret } from "../../digest.ts";
import { ClientNotAuthenticated, InvalidGrant } from "../../oauth-error.ts";
import { revokeRefreshToken } from "../../sessions/revoke-refresh-tokens.ts";
import type { Authorization } from "../../tokens/authorization.ts";
import { issueTokens } from "../../tokens/issue.ts";
import type { AuthorizationRequest, CodeChallenge } from "../authorize/request.ts";
import type { InFlight } from "../in-flight.ts";
import { readRequired } from "../parameters.ts";
import { describeForLog } from "./describe-for-log.ts";
import type { Grant } from "./grant.ts";

/** What a code stands for, under its digest. */
export interface AuthorizationCode {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge?: CodeChallenge;
  readonly authorization: Authorization;
  /** Set by the first exchange; a second one takes back what the first one got, or is about to get. */
  readonly used?: { readonly refreshTokenId?: string; readonly replayed?: true };
}

export function issueCode(inFlight: InFlight, request: AuthorizationRequest, authorization: Authorization): string {
  const code = newSecret();
  inFlight.codes.set(digest(code), {
    clientId: request.clientId,
    redirectUri: request.returnTo.redirectUri,
    authorization,
    ...(request.codeChallenge !== undefined && { codeChallenge: request.codeChallenge }),
  });
  return code;
}

const invalidCode = () => new InvalidGrant("Invalid authorization code");

/** RFC 6749 §4.1.3. A code is good once, for the client, the redirect URI and the verifier it was asked for with. */
export const authorizationCode: Grant = async ({ tenant, client, parameters, caller }) => {
  const { redirect_uri: redirectUri, code_verifier: verifier } = parameters;
  const code = readRequired(parameters, "code");
  const key = digest(code);
  const record = tenant.inFlight.codes.get(key);
  if (record === undefined || record.clientId !== client.client_id) throw invalidCode();
  if (record.used !== undefined) {
    tenant.inFlight.codes.replace(key, { ...record, used: { ...record.used, replayed: true } });
    if (record.used.refreshTokenId !== undefined) revokeRefreshToken(tenant.state, record.used.refreshTokenId);
    throw invalidCode();
  }
  // Used up whatever comes next: a wrong verifier is not to be tried again.
  tenant.inFlight.codes.replace(key, { ...record, used: {} });
  if (redirectUri !== record.redirectUri) {
    throw new InvalidGrant(
      `The redirect URI is wrong. You sent ${redirectUri ?? ""}, and we expected ${record.redirectUri}`,
    );
  }
  checkVerifier(record.codeChallenge, verifier, client.token_endpoint_auth_method === "none");
  const { authorization } = record;
  const issued = await issueTokens(tenant, client, authorization, caller);
  const { refreshTokenId } = issued;
  if (tenant.inFlight.codes.get(key)?.used?.replayed === true) {
    if (refreshTokenId !== undefined) revokeRefreshToken(tenant.state, refreshTokenId);
    throw invalidCode();
  }
  tenant.inFlight.codes.replace(key, { ...record, used: refreshTokenId === undefined ? {} : { refreshTokenId } });
  return { response: issued.response, log: describeForLog(tenant.state, authorization, issued) };
};

/**
 * RFC 7636 §4.6. A verifier without a challenge is refused as well: somebody took the challenge out of the request on
 * its way (RFC 9700 §2.1.1). A public client has no other proof than PKCE.
 */
function checkVerifier(challenge: CodeChallenge | undefined, verifier: unknown, isPublic: boolean): void {
  if (challenge === undefined && verifier === undefined) {
    if (isPublic) throw new ClientNotAuthenticated();
    return;
  }
  if (
    challenge === undefined ||
    typeof verifier !== "string" ||
    !isSameSecret(transform(verifier, challenge), challenge.value)
  ) {
    throw new InvalidGrant("Failed to verify code verifier");
  }
}

function transform(verifier: string, { method }: CodeChallenge): string {
  return method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
}
