import type { ClaimCheck } from "./claim-check.ts";

/** RFC 7519 §4.1.1, compared character by character: Auth0's ends in a slash. */
export const checkIssuer: ClaimCheck = ({ iss }, { issuers }) =>
  issuers.some((issuer) => issuer === iss) ? undefined : "issuer_wrong";
