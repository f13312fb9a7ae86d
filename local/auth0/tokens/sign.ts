import { type JWTPayload, SignJWT } from "jose";
import type { Tenant } from "../tenant.ts";

/** Signs claims with the tenant's current key, RS256. `iss` is the tenant's; the caller gives the rest. */
export function signToken(
  { issuer, signingKeys }: Pick<Tenant, "issuer" | "signingKeys">,
  claims: JWTPayload,
  typ: "JWT" | "at+jwt" = "JWT",
): Promise<string> {
  const key = signingKeys.current();
  return new SignJWT({ iss: issuer, ...claims })
    .setProtectedHeader({ alg: "RS256", typ, kid: key.kid })
    .sign(key.signer);
}
