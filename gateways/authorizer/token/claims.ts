import { isRecord } from "../problems.ts";

/**
 * The payload of a token whose signature is good. What it says is the issuer's word; its types are not checked yet. Frozen in
 * all its depth: it is kept for the next request with this token, and whoever is handed it must not change what that may do.
 */
export type Claims = Readonly<Record<string, unknown>>;

export function parseClaims(payload: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    return isRecord(claims) ? freeze(claims) : undefined;
  } catch {
    return undefined;
  }
}

/** In a list, not by recursion: how deep claims go is the issuer's affair. */
function freeze(claims: Claims): Claims {
  const pending: object[] = [claims];
  for (const one of pending) {
    Object.freeze(one);
    // Reading a frozen list by its values makes a copy of it each time.
    if (Array.isArray(one)) for (const member of one) addObject(pending, member);
    else for (const name in one) addObject(pending, (one as Claims)[name]);
  }
  return claims;
}

function addObject(list: object[], value: unknown): void {
  if (typeof value === "object" && value !== null) list.push(value);
}

/** Space-separated (RFC 6749 §3.3) or, as `permissions`, a list. */
export function readScopes(...claims: readonly unknown[]): readonly string[] {
  const scopes: string[] = [];
  // One by one: a frozen list is copied slowly, by a spread as by its methods.
  for (const claim of claims) for (const scope of listEntries(claim)) if (typeof scope === "string") scopes.push(scope);
  return Object.freeze(scopes);
}

function listEntries(claim: unknown): readonly unknown[] {
  if (typeof claim === "string") return claim === "" ? [] : claim.split(" ");
  return Array.isArray(claim) ? claim : [];
}
