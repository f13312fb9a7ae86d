import type { RefusalCode } from "../decision.ts";
import type { Headers } from "../request.ts";

export type BearerToken =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly code: RefusalCode };

const refused = (code: RefusalCode): BearerToken => ({ ok: false, code });
const noToken = refused("no_token");
const malformed = refused("malformed_authorization");

/** Characters: the word, and some blanks. */
const MAX_SCHEME = 16;

/**
 * The token of the Authorization header (RFC 6750 §2.1), and of nowhere else: in a query it would end up in logs, in a
 * cookie other sites could send it along. Another scheme counts as no token, `DPoP` too: its proof is not looked at here.
 *
 * @param maxLength characters; longer ones are not looked at
 */
export function readBearerToken(headers: Headers, maxLength: number): BearerToken {
  const { authorization } = headers;
  if (authorization === undefined || authorization === "") return noToken;
  // Two headers, or two in one as a proxy joins them: which one the server behind reads is not known here.
  if (typeof authorization !== "string") return authorization.length === 0 ? noToken : malformed;
  if (authorization.length > maxLength + MAX_SCHEME) return refused("token_too_large");
  // RFC 9110 §11.4: one or more blanks after the scheme.
  const scheme = /^bearer(?: +|$)/i.exec(authorization)?.[0];
  if (scheme === undefined) return noToken;
  const token = authorization.slice(scheme.length);
  if (token.length > maxLength) return refused("token_too_large");
  return token === "" ? malformed : { ok: true, token };
}

/** RFC 6750 §2.1: b64token. What is not one was not a header of this form; what is one may still not be a JWT. */
export const isBearerToken = (token: string): boolean => /^[A-Za-z0-9._~+/-]+=*$/.test(token);
