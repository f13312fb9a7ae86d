import type { ClaimCheck } from "./claim-check.ts";

/**
 * RFC 7800: a token with `cnf` is for whoever proves to hold a key, by DPoP (RFC 9449, `jkt`) or by mutual TLS (RFC 8705,
 * `x5t#S256`). No proof is looked at here, so sent as Bearer it would be good for whoever has copied it.
 */
export const checkConfirmation: ClaimCheck = ({ cnf }, { boundTokens }) =>
  cnf === undefined || boundTokens === "accept" ? undefined : "token_bound";
