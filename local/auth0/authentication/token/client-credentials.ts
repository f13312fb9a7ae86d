import type { ClientGrant, ResourceServer } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { signToken } from "../../tokens/sign.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Grant } from "./grant.ts";

/** RFC 6749 §4.4: a token for the client itself, with the scopes of its client grant on the API. */
export const clientCredentials: Grant = async ({ tenant, client, parameters }) => {
  const audience = readAudience(tenant, parameters.audience);
  const api = tenant.state.resourceServers.find((candidate) => candidate.identifier === audience);
  if (api === undefined) throw new OAuthError(403, "access_denied", `Service not enabled within domain: ${audience}`);
  const grant = tenant.state.clientGrants.find(
    (candidate) =>
      candidate.client_id === client.client_id &&
      candidate.audience === audience &&
      candidate.subject_type === "client",
  );
  if (grant === undefined) {
    throw new OAuthError(
      403,
      "access_denied",
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  const scope = readScope(parameters.scope, grant);
  const issuedAt = Math.floor(tenant.clock() / 1000);
  const isRfc9068 = api.token_dialect?.startsWith("rfc9068") ?? false;
  const access_token = await signToken(
    tenant,
    {
      sub: `${client.client_id}@clients`,
      aud: audience,
      iat: issuedAt,
      exp: issuedAt + api.token_lifetime,
      ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
      ...(isRfc9068
        ? { client_id: client.client_id, jti: crypto.randomUUID() }
        : { gty: "client-credentials", azp: client.client_id }),
      ...permissionsClaim(api, scope),
    },
    isRfc9068 ? "at+jwt" : "JWT",
  );
  return {
    access_token,
    ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
    expires_in: api.token_lifetime,
    token_type: "Bearer",
  };
};

function readAudience(tenant: Tenant, audience: unknown): string {
  if (typeof audience === "string" && audience !== "") return audience;
  const fallback = tenant.state.settings.get("tenant")?.default_audience;
  if (typeof fallback === "string" && fallback !== "") return fallback;
  throw new OAuthError(
    403,
    "access_denied",
    "No audience parameter was provided, and no default audience has been configured",
  );
}

/** All of the grant's scopes, or those of them that were asked for. */
function readScope(scope: unknown, grant: ClientGrant): readonly string[] {
  if (scope === undefined || scope === "") return grant.scope;
  const isArray = Array.isArray(scope) && scope.every((entry) => typeof entry === "string");
  if (typeof scope !== "string" && !isArray) {
    throw new OAuthError(400, "invalid_scope", "Scope must be an array or a string");
  }
  const asked = new Set(isArray ? (scope as string[]) : String(scope).split(" "));
  return grant.scope.filter((granted) => asked.has(granted));
}

function permissionsClaim(api: ResourceServer, scope: readonly string[]): { permissions?: readonly string[] } {
  const carriesPermissions = api.enforce_policies === true && (api.token_dialect?.endsWith("_authz") ?? false);
  return carriesPermissions ? { permissions: scope } : {};
}
