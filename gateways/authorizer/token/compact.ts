import type { RefusalCode } from "../decision.ts";
import { isRecord } from "../problems.ts";
import { isBearerToken } from "./bearer.ts";

/** A JWS in compact form, taken apart. Nothing in it is trusted yet. */
export interface CompactToken {
  readonly ok: true;
  readonly kid: string;
  /** What the signature is over: header and payload as they were sent. */
  readonly signingInput: string;
  /** Base64url. */
  readonly payload: string;
  /** Base64url. */
  readonly signature: string;
}

interface UnusableToken {
  readonly ok: false;
  readonly code: RefusalCode;
}

type Header = { readonly ok: true; readonly kid: string } | UnusableToken;

const unusable = (code: RefusalCode): UnusableToken => ({ ok: false, code });
const malformed = unusable("token_malformed");

export type ParseToken = (token: string) => CompactToken | UnusableToken;

/**
 * Header first: what this API does not accept costs no signature check. All tokens of a key have the same header, so what
 * a header says is kept.
 */
export function createParseToken(): ParseToken {
  const headers = new Map<string, Header>();

  const readHeader = (encoded: string): Header => {
    const known = headers.get(encoded);
    if (known !== undefined) return known;
    const header = parseHeader(encoded);
    // A handful is in use at a time; whoever invents more must not fill the memory.
    if (headers.size >= 64) headers.clear();
    headers.set(encoded, header);
    return header;
  };

  return (token) => {
    if (/[^A-Za-z0-9_.-]/.test(token)) return isBearerToken(token) ? malformed : unusable("malformed_authorization");
    const payloadAt = token.indexOf(".") + 1;
    const signatureAt = token.indexOf(".", payloadAt) + 1;
    if (payloadAt < 2 || signatureAt <= payloadAt + 1 || signatureAt === token.length) return malformed;
    if (token.includes(".", signatureAt)) return malformed;
    const header = readHeader(token.slice(0, payloadAt - 1));
    if (!header.ok) return header;
    return {
      ok: true,
      kid: header.kid,
      signingInput: token.slice(0, signatureAt - 1),
      payload: token.slice(payloadAt, signatureAt - 1),
      signature: token.slice(signatureAt),
    };
  };
}

/**
 * Of the header only `alg`, `typ`, `crit` and `kid` are read. `jku`, `jwk`, `x5u` and `x5c` would let a token bring its
 * own key (RFC 8725 §3.10), so they are never looked at.
 */
function parseHeader(encoded: string): Header {
  const header = parseJson(encoded);
  if (!isRecord(header)) return malformed;
  // RFC 8725 §3.1: one algorithm, decided here and not by the token.
  if (header.alg !== "RS256") return unusable("algorithm_not_allowed");
  if (!isAccessTokenType(header.typ)) return unusable("token_type_not_allowed");
  // RFC 7515 §4.1.11: no extension is understood here, so none may be critical; b64 (RFC 7797) would be one.
  if (header.crit !== undefined || header.b64 !== undefined) return malformed;
  const { kid } = header;
  if (typeof kid !== "string" || kid === "" || kid.length > 256) return unusable("key_unknown");
  return { ok: true, kid };
}

/** Auth0 issues `JWT`, and `at+jwt` under the RFC 9068 profile. Logout and DPoP tokens have types of their own. */
function isAccessTokenType(typ: unknown): boolean {
  return typ === undefined || (typeof typ === "string" && /^(?:application\/)?(?:at\+)?jwt$/i.test(typ));
}

function parseJson(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64url").toString());
  } catch {
    return undefined;
  }
}
