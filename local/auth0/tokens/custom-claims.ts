import { CustomClaimsTooLargeError, issueClaims } from "../actions/api/issue-claims.ts";
import { AccessDenied } from "../oauth-error.ts";
import type { Tenant } from "../tenant.ts";

/**
 * The claims that Actions asked for, as far as a token may carry them. Auth0 drops the others without a word; this tenant
 * says so in its log.
 *
 * @throws {OAuthError} they have more than 100 KB: Auth0 fails the transaction
 */
export function readCustomClaims(
  log: Tenant["log"],
  asked: ReadonlyMap<string, unknown>,
  scopes: readonly string[],
  isAuth0Api: boolean,
): Readonly<Record<string, unknown>> {
  try {
    const { claims, dropped } = issueClaims(asked, { scopes: [...scopes], isAuth0Api });
    for (const { name, reason } of dropped) log(`custom claim ${name} is left out of the token: ${reason}`);
    return claims;
  } catch (error) {
    if (error instanceof CustomClaimsTooLargeError) throw new AccessDenied(error.message);
    throw error;
  }
}
