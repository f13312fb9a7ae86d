import type { JWTPayload } from "jose";
import { newId } from "../ids.ts";
import type { ResourceServer } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";
import type { OrganizationClaims } from "./organization-claims.ts";
import { signToken } from "./sign.ts";

export interface AccessTokenSubject {
  readonly clientId: string;
  readonly sub: string;
  readonly audience: string | readonly string[];
  readonly scopes: readonly string[];
  /** Where the API's dialect carries permissions: what the subject may do there, asked for or not. */
  readonly permissions: readonly string[];
  /** Only these grants are named in a token. */
  readonly gty?: "client-credentials" | "password" | "refresh_token";
  readonly organization?: OrganizationClaims;
  readonly customClaims: Readonly<Record<string, unknown>>;
}

/** A JWT for an API, in the API's dialect: Auth0's own, or RFC 9068. */
export function signAccessToken(
  tenant: Pick<Tenant, "clock" | "issuer" | "signingKeys">,
  api: ResourceServer,
  subject: AccessTokenSubject,
): Promise<string> {
  const issuedAt = Math.floor(tenant.clock() / 1000);
  const { scopes, organization } = subject;
  const isRfc9068 = api.token_dialect?.startsWith("rfc9068") ?? false;
  const carriesPermissions = api.enforce_policies === true && (api.token_dialect?.endsWith("_authz") ?? false);
  const claims: JWTPayload = {
    ...subject.customClaims,
    iss: tenant.issuer,
    sub: subject.sub,
    aud: typeof subject.audience === "string" ? subject.audience : [...subject.audience],
    iat: issuedAt,
    exp: issuedAt + api.token_lifetime,
    ...(scopes.length !== 0 && { scope: scopes.join(" ") }),
    ...(organization !== undefined && { org_id: organization.id }),
    ...(organization?.name !== undefined && { org_name: organization.name }),
    ...(isRfc9068
      ? { jti: newId.uuid(), client_id: subject.clientId }
      : { ...(subject.gty !== undefined && { gty: subject.gty }), azp: subject.clientId }),
    ...(carriesPermissions && { permissions: subject.permissions }),
  };
  return signToken(tenant, claims, { typ: isRfc9068 ? "at+jwt" : "JWT", api });
}
