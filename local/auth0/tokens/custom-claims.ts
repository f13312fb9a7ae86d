import { CustomClaimsTooLargeError, issueClaims } from "../actions/api/issue-claims.ts";
import { OAuthError } from "../authentication/oauth-error.ts";

/**
 * The claims that Actions asked for, as far as a token may carry them.
 *
 * @throws {OAuthError} they have more than 100 KB: Auth0 fails the transaction
 */
export function readCustomClaims(
  asked: ReadonlyMap<string, unknown>,
  scopes: readonly string[],
  isAuth0Api: boolean,
): Readonly<Record<string, unknown>> {
  try {
    return issueClaims(asked, { scopes: [...scopes], isAuth0Api }).claims;
  } catch (error) {
    if (error instanceof CustomClaimsTooLargeError) throw new OAuthError(403, "access_denied", error.message);
    throw error;
  }
}
