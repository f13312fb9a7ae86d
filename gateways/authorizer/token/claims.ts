import { isRecord } from "../problems.ts";

/** The payload of a token whose signature is good. What it says is the issuer's word; its types are not checked yet. */
export type Claims = Readonly<Record<string, unknown>>;

export function parseClaims(payload: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** Space-separated (RFC 6749 §3.3) or, as `permissions`, a list. */
export function readScopes(claim: unknown): readonly string[] {
  if (typeof claim === "string") return claim === "" ? [] : claim.split(" ");
  const scopes: string[] = [];
  // One by one: a frozen list is copied slowly, by a spread as by its methods.
  if (Array.isArray(claim)) for (const scope of claim) if (typeof scope === "string") scopes.push(scope);
  return scopes;
}
