import { decodeProtectedHeader, errors, jwtVerify } from "jose";
import type { SigningKeys } from "../signing-keys.ts";
import { managementAudience, type Tenant } from "../tenant.ts";
import { ManagementError } from "./error.ts";

export interface Caller {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
}

/** Who calls, by the bearer token (RFC 6750 §2.1). Throws 401 or 400 with Auth0's texts. */
export async function readCaller(
  tenant: Pick<Tenant, "clock" | "issuer" | "signingKeys">,
  authorization: string | undefined,
): Promise<Caller> {
  if (authorization === undefined || authorization === "") {
    throw new ManagementError(401, "Missing authentication");
  }
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new ManagementError(400, "Bad HTTP authentication header format", "Bearer");

  try {
    const { payload } = await jwtVerify(token, (header) => getKey(tenant.signingKeys, header.kid), {
      algorithms: ["RS256"],
      issuer: tenant.issuer,
      audience: managementAudience(tenant),
      requiredClaims: ["exp", "sub"],
      currentDate: new Date(tenant.clock()),
    });
    const scope = typeof payload.scope === "string" ? payload.scope : "";
    return {
      clientId: String(payload.azp ?? payload.client_id ?? ""),
      scopes: new Set(scope.split(" ").filter(Boolean)),
    };
  } catch (error) {
    throw new ManagementError(401, describe(error, token), undefined, { error: describe(error, token) });
  }
}

function getKey(signingKeys: SigningKeys, kid: string | undefined) {
  const key = kid === undefined ? undefined : signingKeys.find(kid);
  if (key === undefined) throw new errors.JWKSNoMatchingKey();
  return key.certificate.publicKey;
}

/** The sentences that Auth0 has for two of the reasons; all others are "Invalid token". */
function describe(error: unknown, token: string): string {
  if (error instanceof errors.JWTExpired) return "Expired token received for JSON Web Token validation";
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return "Invalid signature received for JSON Web Token validation";
  if (!(error instanceof errors.JOSEError) && isReadable(token)) throw error;
  return "Invalid token";
}

function isReadable(token: string): boolean {
  try {
    decodeProtectedHeader(token);
    return true;
  } catch {
    return false;
  }
}
