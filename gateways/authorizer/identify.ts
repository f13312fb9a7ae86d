import type { KeyObject } from "node:crypto";
import { claimChecks } from "./checks/table.ts";
import type { RefusalCode, Refused } from "./decision.ts";
import type { KeyStore } from "./keys/key-store.ts";
import type { Refuse } from "./refuse.ts";
import type { AuthorizationRequest } from "./request.ts";
import type { TokenRules } from "./settings.ts";
import { readBearerToken } from "./token/bearer.ts";
import { type Claims, parseClaims, readScopes } from "./token/claims.ts";
import { type CompactToken, createParseToken } from "./token/compact.ts";
import { isSignedBy } from "./token/signature.ts";
import { createVerifiedTokens, type VerifiedToken } from "./token/verified-tokens.ts";

/** Who asks, by a token that has passed every check which does not depend on what is asked for. */
export interface Identity {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly organization: string | undefined;
  readonly claims: Claims;
}

type Identification =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly refusal: Refused };

/** At once where the key is known, which is nearly always; a promise where the issuer has to be asked. Never rejects. */
export type Identify = (request: Pick<AuthorizationRequest, "headers">) => Identification | Promise<Identification>;

export interface IdentifyOptions {
  readonly keys: KeyStore;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly refuse: Refuse;
  readonly rules: TokenRules;
  readonly scopeClaim: "scope" | "permissions" | "either";
  /** Characters of verified tokens that are kept, so that their signature is checked once; 0: each time. */
  readonly keptTokens: number;
}

/**
 * In this order: the token's form, its key, its signature, its claims. What costs least comes first. Of a token that was seen before
 * form and signature are known; that its key is still the issuer's, and what its claims say at this time, is asked each time.
 */
export function createIdentify({ keys, clock, refuse, rules, scopeClaim, keptTokens }: IdentifyOptions): Identify {
  const parseToken = createParseToken();
  const verified = createVerifiedTokens(keptTokens);

  const readGranted = ({ scope, permissions }: Claims): readonly string[] => {
    if (scopeClaim === "scope") return readScopes(scope);
    return scopeClaim === "permissions" ? readScopes(permissions) : [...readScopes(scope), ...readScopes(permissions)];
  };

  const refused = (code: RefusalCode): Identification => ({ ok: false, refusal: refuse(code) });
  const judge = ({ claims, scopes }: VerifiedToken): Identification => {
    const now = clock() / 1000;
    for (const check of claimChecks) {
      const code = check(claims, rules, now);
      if (code !== undefined) return refused(code);
    }
    const { sub, org_id: organization } = claims;
    return {
      ok: true,
      identity: {
        subject: String(sub),
        scopes,
        organization: typeof organization === "string" && organization !== "" ? organization : undefined,
        claims,
      },
    };
  };
  const verify = (key: KeyObject, text: string, token: CompactToken): Identification => {
    if (!isSignedBy(key, token)) return refused("signature_invalid");
    const claims = parseClaims(token.payload);
    if (claims === undefined) return refused("claims_malformed");
    const { kid } = token;
    const seen: VerifiedToken = { text, kid, key, claims, scopes: readGranted(claims) };
    const identification = judge(seen);
    if (identification.ok) verified.keep(seen);
    return identification;
  };

  return ({ headers }) => {
    const bearer = readBearerToken(headers, rules.maxTokenLength);
    if (!bearer.ok) return refused(bearer.code);
    const { token: text } = bearer;
    const seen = verified.find(text);
    if (seen !== undefined && keys.find(seen.kid) === seen.key) return judge(seen);
    const token = parseToken(text);
    if (!token.ok) return refused(token.code);
    const key = keys.find(token.kid);
    if (key !== undefined) return verify(key, text, token);
    return keys.resolve(token.kid).then((lookup) => {
      if (lookup.kind === "key") return verify(lookup.key, text, token);
      return refused(lookup.kind === "unknown" ? "key_unknown" : "keys_unavailable");
    });
  };
}
