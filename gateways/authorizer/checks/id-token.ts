import type { ClaimCheck } from "./claim-check.ts";

/**
 * An ID token is for the application that asked for it: its audience is the client's id, so the audience check would refuse
 * it too. These claims (OpenID Connect Core §2, §3.1.3.6, §3.3.2.11) are in no access token, whatever its audience. Says so
 * first, because sending the ID token is the mistake most often made.
 */
export const checkIdToken: ClaimCheck = (claims) =>
  claims.nonce !== undefined ||
  claims.at_hash !== undefined ||
  claims.c_hash !== undefined ||
  claims.s_hash !== undefined ||
  claims.events !== undefined
    ? "id_token"
    : undefined;
