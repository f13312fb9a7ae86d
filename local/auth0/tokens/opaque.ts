import { randomBytes } from "node:crypto";
import { EncryptJWT, errors, jwtDecrypt } from "jose";
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
export function encryptOpaqueToken(tenant: Tenant, { userId, clientId, scopes }: OpaqueToken): Promise<string> {
  const issuedAt = Math.floor(tenant.clock() / 1000);
  return new EncryptJWT({ sub: userId, azp: clientId, scope: scopes.join(" "), iss: tenant.issuer })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", iss: tenant.issuer })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + OPAQUE_LIFETIME)
    .encrypt(readKey(tenant));
}

/** Undefined for anything that is not such a token, or is one no longer. */
export async function openOpaqueToken(tenant: Tenant, token: string): Promise<OpaqueToken | undefined> {
  try {
    const { payload } = await jwtDecrypt(token, readKey(tenant), {
      issuer: tenant.issuer,
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
      currentDate: new Date(tenant.clock()),
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

function readKey(tenant: Tenant): Uint8Array {
  const known = tenant.state.secrets.get("opaque_tokens");
  return Buffer.from(
    known ?? tenant.state.secrets.set("opaque_tokens", randomBytes(32).toString("base64url")),
    "base64url",
  );
}
