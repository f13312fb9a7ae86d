import { issueScopes } from "../actions/api/issue-scopes.ts";
import type { Caller } from "../authentication/caller.ts";
import type { TokenResponse } from "../authentication/token/grant.ts";
import { AccessDenied, InvalidGrant } from "../oauth-error.ts";
import type { Client, ResourceServer } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";
import { signAccessToken } from "./access-token.ts";
import type { Authorization } from "./authorization.ts";
import { readCustomClaims } from "./custom-claims.ts";
import { signIdToken } from "./id-token.ts";
import { findApi } from "./mfa-api.ts";
import { encryptOpaqueToken, OPAQUE_LIFETIME } from "./opaque.ts";
import { describeOrganization, type OrganizationClaims } from "./organization-claims.ts";
import { listAssignedScopes } from "./permissions.ts";
import { createRefreshToken } from "./refresh-tokens.ts";
import { grantScopes } from "./scopes.ts";

type TokenTenant = Pick<Tenant, "clock" | "issuer" | "log" | "signingKeys" | "state">;

export interface IssueOptions {
  readonly gty?: "password" | "refresh_token";
  /**
   * Makes the refresh token that comes with the others, once nothing of those can fail; by default the first of a family, where
   * `offline_access` is granted. What it throws, as of a token that another request has used meanwhile, leaves nothing behind.
   */
  readonly makeRefreshToken?: () => MadeRefreshToken | undefined;
}

interface MadeRefreshToken {
  readonly id: string;
  readonly token: string;
}

export interface Issued {
  readonly response: TokenResponse;
  /** Of the access token. */
  readonly scopes: readonly string[];
  /** Of the refresh token that was made. */
  readonly refreshTokenId?: string;
}

/**
 * The tokens of a user's login: scopes by policy, then what Actions changed, then the signatures.
 *
 * @throws {OAuthError} the user or the API is gone, or the API is closed to users of this client
 */
export async function issueTokens(
  tenant: TokenTenant,
  client: Client,
  authorization: Authorization,
  caller: Caller,
  { gty, makeRefreshToken }: IssueOptions = {},
): Promise<Issued> {
  const { userId, audience, organizationId, actions } = authorization;
  const user = tenant.state.users.get(userId);
  if (user === undefined) throw new InvalidGrant("The user does not exist.");
  const api = apiOf(tenant, audience);
  const granted = grantScopes(tenant, {
    client,
    userId,
    api,
    organizationId,
    asked: actions.targetScopes ?? authorization.requestedScope ?? [],
  });
  const scopes = applyScopeChanges(tenant.log, client, api, granted, actions.scopeChanges);
  const organization = describeOrganization(tenant.state, organizationId);
  const issue: Issue = { client, user, api, authorization, granted, scopes, organization };

  const access_token = await issueAccessToken(tenant, issue, gty);
  const idToken = granted.includes("openid") ? await issueIdToken(tenant, issue) : undefined;
  const startFamily = () =>
    granted.includes("offline_access")
      ? createRefreshToken(tenant, client, { ...authorization, requestedScope: granted }, caller)
      : undefined;
  const made = (makeRefreshToken ?? startFamily)();
  rememberUserinfoClaims(tenant.state, client, authorization);
  return {
    response: {
      access_token,
      ...(made !== undefined && { refresh_token: made.token }),
      ...(idToken !== undefined && { id_token: idToken }),
      ...(scopes.length !== 0 && { scope: scopes.join(" ") }),
      expires_in: api?.token_lifetime ?? OPAQUE_LIFETIME,
      token_type: "Bearer",
    },
    scopes,
    ...(made !== undefined && { refreshTokenId: made.id }),
  };
}

/** What is issued, once it is known what may be. */
interface Issue {
  readonly client: Client;
  readonly user: User;
  readonly api: ResourceServer | undefined;
  readonly authorization: Authorization;
  readonly granted: readonly string[];
  /** The granted ones as Actions left them. */
  readonly scopes: readonly string[];
  readonly organization: OrganizationClaims | undefined;
}

function issueAccessToken(
  tenant: TokenTenant,
  { client, user, api, authorization, granted, scopes, organization }: Issue,
  gty: IssueOptions["gty"],
): Promise<string> {
  const userId = user.user_id;
  if (api === undefined) return encryptOpaqueToken(tenant, { userId, clientId: client.client_id, scopes: granted });
  return signAccessToken(tenant, api, {
    clientId: client.client_id,
    sub: userId,
    audience: opensUserinfo(api, granted) ? [api.identifier, `${tenant.issuer}userinfo`] : api.identifier,
    scopes,
    permissions: listAssignedScopes(tenant, userId, api, authorization.organizationId),
    customClaims: {
      ...readCustomClaims(tenant.log, authorization.actions.accessTokenClaims, scopes, api.is_system === true),
      ...(authorization.actor !== undefined && { act: authorization.actor }),
    },
    ...(gty !== undefined && { gty }),
    ...(organization !== undefined && { organization }),
  });
}

const issueIdToken = (
  tenant: TokenTenant,
  { client, user, authorization, granted, organization }: Issue,
): Promise<string> =>
  signIdToken(tenant, client, {
    user,
    authorization,
    scopes: granted,
    customClaims: {
      ...readCustomClaims(tenant.log, authorization.actions.idTokenClaims, granted, false),
      ...(authorization.actor !== undefined && { act: authorization.actor }),
    },
    ...(organization !== undefined && { organization }),
  });

/** A token that only the API can verify does not open /userinfo. */
const opensUserinfo = ({ signing_alg }: ResourceServer, granted: readonly string[]): boolean =>
  granted.includes("openid") && signing_alg !== "HS256";

function apiOf(tenant: Pick<Tenant, "issuer" | "state">, audience: string | undefined): ResourceServer | undefined {
  const api = findApi(tenant, audience);
  if (audience !== undefined && api === undefined) throw new AccessDenied(`Service not found: ${audience}`);
  return api;
}

function applyScopeChanges(
  log: Tenant["log"],
  client: Client,
  api: ResourceServer | undefined,
  granted: readonly string[],
  changes: Authorization["actions"]["scopeChanges"],
): readonly string[] {
  if (api === undefined) return granted;
  const { scopes, warnings } = issueScopes(granted, changes, {
    audience: api.identifier,
    isAuth0Api: api.is_system === true,
    isThirdParty: client.is_first_party === false,
  });
  for (const warning of warnings) log(`warning: ${warning}`);
  return scopes;
}

/** Claims that an Action sets on the id token are /userinfo's as well: the last login's, a record a user and client. */
function rememberUserinfoClaims(
  { userinfoClaims }: Pick<TenantState, "userinfoClaims">,
  client: Client,
  { userId, actions }: Authorization,
): void {
  const key = `${client.client_id}:${userId}`;
  const claims = Object.fromEntries(actions.idTokenClaims);
  if (Object.keys(claims).length > 0) userinfoClaims.set(key, claims);
  else if (userinfoClaims.has(key)) userinfoClaims.delete(key);
}
