import { randomBytes } from "node:crypto";
import { EncryptJWT, errors, jwtDecrypt } from "jose";
import type { TenantState } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";

/** What a token without an audience stands for: it opens /userinfo and nothing else. */
export interface OpaqueToken {
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Seconds. */
export const OPAQUE_LIFETIME = 86_400;

/** A JWE that only this tenant can open, so that it needs no record; clients see an opaque string, as Auth0's is. */
export function encryptOpaqueToken(
  { clock, issuer, state }: Pick<Tenant, "clock" | "issuer" | "state">,
  { userId, clientId, scopes }: OpaqueToken,
): Promise<string> {
  const issuedAt = Math.floor(clock() / 1000);
  return new EncryptJWT({ sub: userId, azp: clientId, scope: scopes.join(" "), iss: issuer })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", iss: issuer })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + OPAQUE_LIFETIME)
    .encrypt(readKey(state));
}

/** Undefined for anything that is not such a token, or is one no longer. */
export async function openOpaqueToken(
  { clock, issuer, state }: Pick<Tenant, "clock" | "issuer" | "state">,
  token: string,
): Promise<OpaqueToken | undefined> {
  try {
    const { payload } = await jwtDecrypt(token, readKey(state), {
      issuer: issuer,
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
      currentDate: new Date(clock()),
      requiredClaims: ["exp", "sub", "azp", "scope"],
    });
    return {
      userId: String(payload.sub),
      clientId: String(payload.azp),
      scopes: String(payload.scope).split(" "),
    };
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

function readKey({ secrets }: Pick<TenantState, "secrets">): Uint8Array {
  const known = secrets.get("opaque_tokens");
  return Buffer.from(known ?? secrets.set("opaque_tokens", randomBytes(32).toString("base64url")), "base64url");
}
