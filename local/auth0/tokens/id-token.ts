import type { JWTPayload } from "jose";
import type { Client } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";
import type { Authorization } from "./authorization.ts";
import type { OrganizationClaims } from "./organization-claims.ts";
import { readProfileClaims } from "./profile.ts";
import { signToken } from "./sign.ts";

export interface IdTokenSubject {
  readonly user: User;
  readonly authorization: Authorization;
  readonly scopes: readonly string[];
  readonly organization?: OrganizationClaims;
  readonly customClaims: Readonly<Record<string, unknown>>;
}

const DEFAULT_LIFETIME = 36_000;

/** OpenID Connect Core §2, with Auth0's `sid`, `org_id` and the claims that Actions set. RS256, whatever the client says. */
export function signIdToken(
  tenant: Pick<Tenant, "clock" | "issuer" | "signingKeys">,
  client: Client,
  subject: IdTokenSubject,
): Promise<string> {
  const { user, authorization, organization } = subject;
  const issuedAt = Math.floor(tenant.clock() / 1000);
  const configured = (client.jwt_configuration as { lifetime_in_seconds?: unknown } | undefined)?.lifetime_in_seconds;
  const claims: JWTPayload = {
    ...readProfileClaims(user, subject.scopes),
    ...subject.customClaims,
    iss: tenant.issuer,
    aud: client.client_id,
    sub: user.user_id,
    iat: issuedAt,
    exp: issuedAt + (typeof configured === "number" ? configured : DEFAULT_LIFETIME),
    ...(authorization.sessionId !== undefined && { sid: authorization.sessionId }),
    ...(authorization.nonce !== undefined && { nonce: authorization.nonce }),
    ...(authorization.showAuthTime && { auth_time: Math.floor(authorization.authenticatedAt / 1000) }),
    ...describeFactors(authorization),
    ...(organization !== undefined && { org_id: organization.id }),
    ...(organization?.name !== undefined && { org_name: organization.name }),
  };
  return signToken(tenant, claims);
}

/** What `acr_values` asks a step-up by (Auth0 docs, "Add Step-up Authentication"). */
const MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

function describeFactors({ acrValues = [], methods }: Authorization): JWTPayload {
  if (!methods.some(({ name }) => name === "mfa")) return {};
  return { amr: ["mfa"], ...(acrValues.includes(MULTI_FACTOR) && { acr: MULTI_FACTOR }) };
}
