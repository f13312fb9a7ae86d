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

/** Who asks, by a token that has passed every check which does not depend on what is asked for. */
interface Identity {
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
}

/** In this order: the token's form, its key, its signature, its claims. What costs least comes first. */
export function createIdentify({ keys, clock, refuse, rules, scopeClaim }: IdentifyOptions): Identify {
  const parseToken = createParseToken();

  const grantedScopes = (claims: Claims): readonly string[] => {
    if (scopeClaim === "scope") return readScopes(claims.scope);
    const permissions = readScopes(claims.permissions);
    return scopeClaim === "permissions" ? permissions : [...readScopes(claims.scope), ...permissions];
  };

  const refused = (code: RefusalCode): Identification => ({ ok: false, refusal: refuse(code) });
  const verify = (key: KeyObject, token: CompactToken): Identification => {
    if (!isSignedBy(key, token)) return refused("signature_invalid");
    const claims = parseClaims(token.payload);
    if (claims === undefined) return refused("claims_malformed");
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
        scopes: grantedScopes(claims),
        organization: typeof organization === "string" && organization !== "" ? organization : undefined,
        claims,
      },
    };
  };

  return ({ headers }) => {
    const bearer = readBearerToken(headers, rules.maxTokenLength);
    if (!bearer.ok) return refused(bearer.code);
    const token = parseToken(bearer.token);
    if (!token.ok) return refused(token.code);
    const key = keys.find(token.kid);
    if (key !== undefined) return verify(key, token);
    return keys.resolve(token.kid).then((lookup) => {
      if (lookup.kind === "key") return verify(lookup.key, token);
      return refused(lookup.kind === "unknown" ? "key_unknown" : "keys_unavailable");
    });
  };
}
