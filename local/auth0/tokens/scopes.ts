import { findClientGrant } from "../client-grants.ts";
import { AccessDenied } from "../oauth-error.ts";
import type { Client, ResourceServer } from "../state/resources.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";
import { isStrict } from "../third-party.ts";
import { isMfaApi } from "./mfa-api.ts";
import { listAssignedScopes } from "./permissions.ts";

/** Scopes that are about the user, not about an API (OpenID Connect Core §5.4, §11). */
const USER_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "email", "address", "phone"]);
/** All that a login asks for besides an API's. */
export const OIDC_SCOPES: ReadonlySet<string> = new Set([...USER_SCOPES, "offline_access"]);

export interface ScopeRequest {
  readonly client: Client;
  readonly userId: string;
  readonly api: ResourceServer | undefined;
  readonly organizationId?: string | undefined;
  readonly asked: readonly string[];
}

/**
 * What policy grants of the scopes asked for, in the order asked: scopes about the user; of the API's, those that are
 * defined, with RBAC those that are also assigned; `offline_access` where API and client allow it. Others are dropped.
 *
 * @throws {OAuthError} `access_denied` where the API is closed to users of this client
 */
export function grantScopes(
  tenant: Pick<Tenant, "state">,
  { client, userId, api, organizationId, asked }: ScopeRequest,
): string[] {
  const ofApi = new Set(api === undefined ? [] : listApiScopes(tenant, client, userId, api, organizationId));
  const isOffline = (api?.allow_offline_access ?? true) && (client.grant_types ?? []).includes("refresh_token");
  return asked.filter(
    (scope) => USER_SCOPES.has(scope) || ofApi.has(scope) || (scope === "offline_access" && isOffline),
  );
}

function listApiScopes(
  tenant: Pick<Tenant, "state">,
  client: Client,
  userId: string,
  api: ResourceServer,
  organizationId: string | undefined,
): readonly string[] {
  const defined = (api.scopes ?? []).map(({ value }) => value);
  // Auth0 gives users no more of the Management API than their own profile, which this tenant does not serve.
  if (api.is_system === true) return isMfaApi(api) ? defined : [];
  const open = limitToUserGrant(tenant.state, client, api, defined);
  if (api.enforce_policies !== true) return open;
  const assigned = new Set(listAssignedScopes(tenant, userId, api, organizationId));
  return open.filter((scope) => assigned.has(scope));
}

/** `subject_type_authorization.user.policy`: left out, an API is open to every client's users, but to strict ones by a grant alone. */
function limitToUserGrant(
  state: Pick<TenantState, "clientGrants">,
  client: Client,
  api: ResourceServer,
  defined: readonly string[],
): readonly string[] {
  const policy = api.subject_type_authorization?.user?.policy ?? "allow_all";
  if (policy === "allow_all" && !isStrict(client)) return defined;
  const grant = policy === "deny_all" ? undefined : findClientGrant(state, client, api.identifier, "user");
  if (grant === undefined) {
    throw new AccessDenied(`Client is not authorized to access "${api.identifier}".`);
  }
  return defined.filter((scope) => grant.scope.includes(scope));
}
