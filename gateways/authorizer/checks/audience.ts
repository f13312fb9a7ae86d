import type { ClaimCheck } from "./claim-check.ts";

/**
 * RFC 7519 §4.1.3: the API must be among the audiences. A list is usual: with the scope `openid` Auth0 adds its userinfo
 * endpoint. Compared character by character: an audience without the API's slash at the end is another one.
 */
export const checkAudience: ClaimCheck = ({ aud }, { audience }) =>
  aud === audience || (Array.isArray(aud) && aud.includes(audience)) ? undefined : "audience_wrong";
