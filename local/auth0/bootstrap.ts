import { newId } from "./ids.ts";
import { completeRefreshToken, planClient } from "./management/clients/defaults.ts";
import { RESOURCE_SERVER_DEFAULTS } from "./management/resource-servers/defaults.ts";
import type { Client, ResourceServer } from "./state/resources.ts";
import type { TenantState } from "./state/tenant-state.ts";
import { managementAudience, type Tenant } from "./tenant.ts";

/** Credentials of the client that deploys to this tenant. */
export interface DeployingClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

const DEPLOYING_CLIENT_NAME = "Deploy CLI";
/** 24 hexadecimal digits like any resource server's id, but the same in every local tenant. */
const MANAGEMENT_API_ID = "000000000000000000000001";

/**
 * What a new tenant has before anybody deploys to it: the Management API, the global client, and a client for the
 * Deploy CLI with all scopes. Runs at every start: the Management API's identifier follows the tenant's domain.
 */
export function ensureSystemResources(
  tenant: Pick<Tenant, "issuer" | "name" | "state">,
  managementScopes: readonly string[],
): DeployingClient {
  const audience = managementAudience(tenant);
  const formerAudience = tenant.state.resourceServers.get(MANAGEMENT_API_ID)?.identifier;
  tenant.state.resourceServers.set(MANAGEMENT_API_ID, managementApi(audience, managementScopes));
  for (const grant of tenant.state.clientGrants.filter((candidate) => candidate.audience === formerAudience)) {
    tenant.state.clientGrants.set(grant.id, { ...grant, audience });
  }

  if (tenant.state.clients.find((client) => client.global === true) === undefined)
    addClient(tenant.state, globalClient(tenant));
  const deploying =
    tenant.state.clients.find(
      (client) => client.name === DEPLOYING_CLIENT_NAME && client.app_type === "non_interactive",
    ) ?? addClient(tenant.state, deployingClient(tenant));
  const grant = tenant.state.clientGrants.find(
    (candidate) => candidate.client_id === deploying.client_id && candidate.audience === audience,
  );
  const id = grant?.id ?? newId.clientGrant();
  tenant.state.clientGrants.set(id, {
    id,
    client_id: deploying.client_id,
    audience,
    scope: managementScopes,
    subject_type: "client",
  });
  return { clientId: deploying.client_id, clientSecret: deploying.client_secret ?? "" };
}

function addClient({ clients }: Pick<TenantState, "clients">, client: Client): Client {
  return clients.set(client.client_id, client);
}

function managementApi(identifier: string, scopes: readonly string[]): ResourceServer {
  return {
    id: MANAGEMENT_API_ID,
    name: "Auth0 Management API",
    identifier,
    is_system: true,
    ...RESOURCE_SERVER_DEFAULTS,
    scopes: scopes.map((value) => ({ value, description: value })),
  };
}

function globalClient({ name }: Pick<Tenant, "name">): Client {
  return {
    tenant: name,
    global: true,
    name: "All Applications",
    client_id: newId.client(),
    client_secret: newId.clientSecret(),
    callbacks: [],
    is_first_party: true,
    refresh_token: completeRefreshToken({}, null),
    cross_origin_authentication: false,
    custom_login_page_on: true,
  };
}

function deployingClient(tenant: Pick<Tenant, "name">): Client {
  return planClient(tenant, {
    name: DEPLOYING_CLIENT_NAME,
    app_type: "non_interactive",
    callbacks: [],
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "client_secret_post",
    oidc_conformant: true,
  });
}
