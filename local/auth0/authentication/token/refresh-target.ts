import { InvalidRequest } from "../../oauth-error.ts";
import type { RefreshToken } from "../../state/refresh-token.ts";
import type { Client } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { findApi } from "../../tokens/mfa-api.ts";
import { OIDC_SCOPES } from "../../tokens/scopes.ts";
import { skipsConsent } from "../consent/consent.ts";

/** Which API an exchange is for, and what may be asked for there. */
export interface RefreshTarget {
  readonly audience: string | undefined;
  readonly scope: readonly string[];
}

/**
 * The API of the login, or another that the client's policies name (Auth0 docs, "Multi-Resource Refresh Token"): for first-party
 * clients, and APIs that skip their consent, never a system API. A policy for any other is passed over, as is one whose API there is
 * not. What the login was granted and what the policy allows count together.
 *
 * @throws {OAuthError} `invalid_request` for an API that no policy names
 */
export function readRefreshTarget(
  { issuer, state }: Pick<Tenant, "issuer" | "state">,
  client: Client,
  record: RefreshToken,
  asked: string | undefined,
): RefreshTarget {
  const isOwn = asked === undefined || asked === "" || asked === (record.audience ?? `${issuer}userinfo`);
  const audience = isOwn ? record.audience : asked;
  const api = findApi({ issuer, state }, audience);
  const isOpen = client.is_first_party !== false && api !== undefined && api.is_system !== true && skipsConsent(api);
  const policy = isOpen ? client.refresh_token?.policies?.find((one) => one.audience === audience) : undefined;
  if (isOwn) return { audience: record.audience, scope: join(record.scope, policy?.scope) };
  if (policy === undefined) {
    throw new InvalidRequest(`The refresh token policies of the client do not allow the audience ${asked}.`);
  }
  const aboutUser = record.scope.filter((scope) => OIDC_SCOPES.has(scope));
  return { audience: policy.audience, scope: join(aboutUser, policy.scope) };
}

const join = (one: readonly string[], other: readonly string[] = []): readonly string[] => [
  ...new Set([...one, ...other]),
];
