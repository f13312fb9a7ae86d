import type { ExchangeOutcome } from "../../actions/outcome.ts";
import { findClientGrant } from "../../client-grants.ts";
import { AccessDenied, ClientNotAuthenticated, OAuthError } from "../../oauth-error.ts";
import type { Client, ClientGrant, ResourceServer } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { signAccessToken } from "../../tokens/access-token.ts";
import { readCustomClaims } from "../../tokens/custom-claims.ts";
import { describeOrganization } from "../../tokens/organization-claims.ts";
import { findDefaultAudience, readAskedAudience } from "../audience.ts";
import { readGrantOrganization } from "../organizations/grant-organization.ts";
import type { Parameters } from "../parameters.ts";
import { describeCallerRequest } from "../post-login/describe.ts";
import { describeActions } from "../post-login/describe-actions.ts";
import type { Grant } from "./grant.ts";
import { readScopeParameter } from "./scope-parameter.ts";
import { spendQuotas } from "./token-quota.ts";

/** RFC 6749 §4.4: a token for the client itself, with the scopes of its client grant on the API. */
export const clientCredentials: Grant = async ({ tenant, client, parameters, caller }) => {
  // RFC 6749 §4.4: for confidential clients only. Anybody knows a public client's id.
  if (client.token_endpoint_auth_method === "none") throw new ClientNotAuthenticated();
  const audience = getAudience(tenant.state, parameters);
  const api = tenant.state.resourceServers.find((candidate) => candidate.identifier === audience);
  if (api === undefined) throw new AccessDenied(`Service not enabled within domain: ${audience}`);
  const clientGrant = getGrant(tenant.state, client, api);
  const organizationId = readGrantOrganization(tenant.state, client, clientGrant, parameters.organization);
  const requestedScopes = readScopeParameter(parameters.scope) ?? [];
  const held = listHeldScopes(api, clientGrant);
  const grantedScopes = requestedScopes.length === 0 ? held : held.filter((scope) => requestedScopes.includes(scope));

  const outcome = await tenant.actions.runCredentialsExchange({
    request: describeCallerRequest(tenant, caller, "POST", { body: parameters }),
    client,
    audience,
    requestedScopes,
    grantedScopes,
    ...(organizationId !== undefined && { organizationId }),
  });
  const { accessTokenClaims, targetScopes, logDetails } = checkOutcome(outcome);
  const scopes = targetScopes === undefined ? grantedScopes : targetScopes.filter((scope) => held.includes(scope));
  const organization = describeOrganization(tenant.state, organizationId);
  const headers = spendQuotas(tenant, client, organizationId);
  const access_token = await signAccessToken(tenant, api, {
    clientId: client.client_id,
    sub: `${client.client_id}@clients`,
    audience,
    scopes,
    permissions: scopes,
    gty: "client-credentials",
    customClaims: readCustomClaims(tenant.log, accessTokenClaims, scopes, api.is_system === true),
    ...(organization !== undefined && { organization }),
  });
  return {
    headers,
    response: {
      access_token,
      ...(scopes.length !== 0 && { scope: scopes.join(" ") }),
      expires_in: api.token_lifetime,
      token_type: "Bearer",
    },
    log: {
      audience,
      scope: scopes,
      organizationId,
      ...(logDetails !== undefined && { details: { actions: logDetails } }),
    },
  };
};

/**
 * What the grant gives of the API's scopes. Of the Management API this tenant has fewer than a real one, and a grant of the
 * others is none of the client's business: what is granted there is given.
 */
function listHeldScopes(api: ResourceServer, grant: ClientGrant): readonly string[] {
  if (api.is_system === true && grant.allow_all_scopes !== true) return grant.scope;
  const defined = (api.scopes ?? []).map(({ value }) => value);
  return grant.allow_all_scopes === true ? defined : grant.scope.filter((scope) => defined.includes(scope));
}

function getAudience(state: Pick<TenantState, "settings">, parameters: Parameters): string {
  const audience = readAskedAudience(state, parameters) ?? findDefaultAudience(state);
  if (audience !== undefined) return audience;
  throw new AccessDenied("No audience parameter was provided, and no default audience has been configured");
}

function getGrant(state: Pick<TenantState, "clientGrants">, client: Client, api: ResourceServer): ClientGrant {
  const grant =
    api.subject_type_authorization?.client?.policy === "deny_all"
      ? undefined
      : findClientGrant(state, client, api.identifier, "client");
  if (grant === undefined) {
    throw new AccessDenied(
      `Client is not authorized to access "${api.identifier}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  return grant;
}

function checkOutcome(outcome: ExchangeOutcome): Extract<ExchangeOutcome, { readonly kind: "completed" }> {
  const logDetails = describeActions(outcome);
  switch (outcome.kind) {
    case "completed":
      return outcome;
    case "denied":
      throw new OAuthError(400, outcome.code, outcome.reason, { logDetails });
    case "failed":
      throw new AccessDenied(outcome.error.message, { logDetails });
  }
}
