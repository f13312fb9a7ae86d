import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { isRecord } from "../problems.ts";

/** Public keys by their `kid`. */
export type Keys = ReadonlyMap<string, KeyObject>;

/**
 * The keys of a JWK set (RFC 7517 §5) that may verify RS256. Others are passed over, as the RFC asks: a set may hold keys
 * for other uses. Undefined when none is left: an issuer without keys is a fault of the answer, not a revocation of all.
 */
export function parseKeySet(value: unknown): Keys | undefined {
  const list = isRecord(value) ? value.keys : undefined;
  if (!Array.isArray(list)) return undefined;
  const keys = new Map<string, KeyObject>();
  for (const entry of list as unknown[]) {
    const key = isRecord(entry) ? importKey(entry) : undefined;
    if (key !== undefined && isRecord(entry) && typeof entry.kid === "string" && !keys.has(entry.kid))
      keys.set(entry.kid, key);
  }
  return keys.size > 0 ? keys : undefined;
}

/** RFC 7518 §3.3 asks for 2048 bits at least. */
function importKey(entry: Record<string, unknown>): KeyObject | undefined {
  const { kty, use, alg, n, e } = entry;
  if (kty !== "RSA" || (use !== undefined && use !== "sig") || (alg !== undefined && alg !== "RS256")) return undefined;
  if (typeof n !== "string" || typeof e !== "string") return undefined;
  try {
    // n and e alone: a private key that was published by mistake is not taken in.
    const key = createPublicKey({ key: { kty, n, e } satisfies JsonWebKey, format: "jwk" });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? key : undefined;
  } catch {
    return undefined;
  }
}
