import type { ResourceServer } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";

/** Auth0 docs, "Manage Authentication Factors with Authentication API". */
export const MFA_SCOPES = ["enroll", "read:authenticators", "remove:authenticators"] as const;

const ID = "mfa";

export const isMfaApi = ({ id }: Pick<ResourceServer, "id">): boolean => id === ID;

export const mfaAudience = ({ issuer }: Pick<Tenant, "issuer">): string => `${issuer}mfa/`;

/** The API at which users manage their own factors. Every tenant has it, and none lists it. */
const describeMfaApi = (tenant: Pick<Tenant, "issuer">): ResourceServer => ({
  id: ID,
  identifier: mfaAudience(tenant),
  scopes: MFA_SCOPES.map((value) => ({ value })),
  is_system: true,
  signing_alg: "RS256",
  // The same page: ten minutes, which cannot be configured.
  token_lifetime: 600,
  allow_offline_access: true,
});

/** The API that a user's token is for, by its identifier. */
export function findApi(
  { issuer, state }: Pick<Tenant, "issuer"> & { readonly state: Pick<Tenant["state"], "resourceServers"> },
  audience: string | undefined,
): ResourceServer | undefined {
  if (audience === undefined) return undefined;
  if (audience === mfaAudience({ issuer })) return describeMfaApi({ issuer });
  return state.resourceServers.find(({ identifier }) => identifier === audience);
}
