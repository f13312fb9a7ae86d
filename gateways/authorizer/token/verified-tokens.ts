import type { KeyObject } from "node:crypto";
import type { Claims } from "./claims.ts";

/** What the signature of a token has been found to be good for. */
export interface VerifiedToken {
  /** The whole text: one that differs in a single character is another token. */
  readonly text: string;
  readonly kid: string;
  /** It holds for as long as this is the key of that id. */
  readonly key: KeyObject;
  readonly claims: Claims;
  /** What the claims grant. */
  readonly scopes: readonly string[];
}

/** Tokens whose signature need not be checked again. What their claims are good for is for each request to say. */
export interface VerifiedTokens {
  find(text: string): VerifiedToken | undefined;
  /** Freezes claims and scopes in all their depth: whoever is handed them must not change what the next request may do. */
  keep(token: VerifiedToken): void;
}

/** Characters at the end of a signature, as good as drawn by lot: enough to find a token by, and hashed twenty times as fast. */
const TAIL = 32;

/**
 * Two generations: when the younger one is full, the older one goes. So what is seen again in time stays, however many tokens
 * come once, and none of them costs more than its place.
 *
 * @param capacity characters of all tokens that are kept; 0: none is
 */
export function createVerifiedTokens(capacity: number): VerifiedTokens {
  if (capacity === 0) return NONE;
  let young = new Map<string, VerifiedToken>();
  let old = new Map<string, VerifiedToken>();
  let characters = 0;

  const put = (token: VerifiedToken): void => {
    const { length } = token.text;
    if (characters + length > capacity / 2) {
      old = young;
      young = new Map();
      characters = 0;
    }
    young.set(token.text.slice(-TAIL), token);
    characters += length;
  };
  return {
    find(text) {
      const tail = text.slice(-TAIL);
      const recent = young.get(tail);
      if (recent !== undefined) return recent.text === text ? recent : undefined;
      const earlier = old.get(tail);
      if (earlier?.text !== text) return undefined;
      put(earlier);
      return earlier;
    },
    keep(token) {
      if (token.text.length > capacity / 2) return;
      freeze(token.claims);
      Object.freeze(token.scopes);
      put(token);
    },
  };
}

const NONE: VerifiedTokens = { find: () => undefined, keep: () => {} };

/** In a list, not by recursion: how deep claims go is the issuer's affair. */
function freeze(claims: Claims): void {
  const pending: object[] = [claims];
  for (const one of pending) {
    Object.freeze(one);
    // Reading a frozen list by its values makes a copy of it each time.
    if (Array.isArray(one)) for (const member of one) addObject(pending, member);
    else for (const name in one) addObject(pending, (one as Claims)[name]);
  }
}

function addObject(list: object[], value: unknown): void {
  if (typeof value === "object" && value !== null) list.push(value);
}
