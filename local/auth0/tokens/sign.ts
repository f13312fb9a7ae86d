import { type JWTPayload, SignJWT } from "jose";
import type { ResourceServer } from "../state/resources.ts";
import type { Tenant } from "../tenant.ts";

export interface Signing {
  readonly typ?: "JWT" | "at+jwt";
  /** Whose algorithm it is, and with HS256 whose secret; RS256 without. */
  readonly api?: Pick<ResourceServer, "signing_alg" | "signing_secret">;
}

/** Signs claims with the tenant's current key, or with the secret of the API. `iss` is the tenant's; the caller gives the rest. */
export function signToken(
  { issuer, signingKeys }: Pick<Tenant, "issuer" | "signingKeys">,
  claims: JWTPayload,
  { typ = "JWT", api }: Signing = {},
): Promise<string> {
  const alg = api?.signing_alg ?? "RS256";
  const token = new SignJWT({ iss: issuer, ...claims });
  if (alg === "HS256") {
    return token.setProtectedHeader({ alg, typ }).sign(new TextEncoder().encode(api?.signing_secret));
  }
  const key = signingKeys.current();
  return token.setProtectedHeader({ alg, typ, kid: key.kid }).sign(alg === "RS256" ? key.signer : key.privateKey);
}
