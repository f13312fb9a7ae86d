import { errors, type JWTPayload, jwtVerify } from "jose";
import type { Tenant } from "../tenant.ts";

/** Claims of a token that this tenant signed for this audience, and that has not expired; undefined for any other. */
export function verifyToken(
  tenant: Pick<Tenant, "clock" | "issuer" | "signingKeys">,
  token: string,
  audience: string,
): Promise<JWTPayload | undefined> {
  return verify(tenant, token, { audience, currentDate: new Date(tenant.clock()) });
}

/** Claims of an id token of this tenant, whoever it was for and however long ago: a hint, no proof of a login. */
export function verifyIdTokenHint(
  tenant: Pick<Tenant, "issuer" | "signingKeys">,
  token: string,
): Promise<JWTPayload | undefined> {
  return verify(tenant, token, { currentDate: new Date(0) });
}

async function verify(
  { issuer, signingKeys }: Pick<Tenant, "issuer" | "signingKeys">,
  token: string,
  options: { readonly audience?: string; readonly currentDate: Date },
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = kid === undefined ? undefined : signingKeys.find(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key.certificate.publicKey;
      },
      { algorithms: ["RS256", "RS512", "PS256"], issuer: issuer, requiredClaims: ["exp", "sub", "aud"], ...options },
    );
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
