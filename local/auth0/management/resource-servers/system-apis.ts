import type { ResourceServer } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";

type SystemApi = Readonly<Record<string, unknown>> & Pick<ResourceServer, "identifier" | "signing_alg">;

const COMMON = { is_system: true, signing_alg: "RS256" } as const;

/** APIs of Auth0 that a tenant has once it has asked for them: as terraform-provider-auth0 and go-auth0 recorded them. */
const listSystemApis = (issuer: string): readonly SystemApi[] => [
  {
    ...COMMON,
    identifier: "urn:auth0:express-configure",
    name: "Okta OIN Express Configuration API",
    scopes: [
      { value: "express_configure:sso", description: "Ability to create SSO configurations" },
      { value: "express_configure:scim", description: "Ability to create scim configurations" },
    ],
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    token_lifetime: 300,
    token_lifetime_for_web: 7200,
    enforce_policies: true,
    subject_type_authorization: { user: { policy: "allow_all" }, client: { policy: "deny_all" } },
  },
  {
    ...COMMON,
    identifier: `${issuer}me/`,
    name: "Auth0 My Account API",
    scopes: [
      { value: "create:me:connected_accounts", description: "Create Connected Accounts" },
      { value: "read:me:connected_accounts", description: "Read Connected Accounts" },
      { value: "delete:me:connected_accounts", description: "Delete Connected Accounts" },
    ],
    allow_offline_access: true,
    skip_consent_for_verifiable_first_party_clients: true,
    token_lifetime: 600,
    token_lifetime_for_web: 600,
    subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "require_client_grant" } },
    proof_of_possession: { mechanism: "dpop", required: false },
  },
];

/** What an API of Auth0 is, whatever a request calls it; undefined for an identifier of anybody else. */
export function findSystemApi({ issuer }: Pick<Tenant, "issuer">, identifier: string): SystemApi | undefined {
  return listSystemApis(issuer).find((api) => api.identifier === identifier);
}
