import type { ActionsLogDetails } from "../../actions/outcome.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Authorization } from "../../tokens/authorization.ts";
import type { Issued } from "../../tokens/issue.ts";
import type { Granted } from "./grant.ts";

/**
 * What a grant's exchange ended in, as the tenant log names it: whom and what the tokens are for.
 *
 * @param logDetails of the Actions that ran for these tokens
 */
export function describeForLog(
  { users }: Pick<TenantState, "users">,
  { userId, connection, organizationId, audience }: Authorization,
  { scopes }: Issued,
  logDetails?: ActionsLogDetails,
): Granted["log"] {
  return {
    user: users.get(userId),
    connection,
    organizationId,
    audience,
    scope: scopes,
    ...(logDetails !== undefined && { details: { actions: logDetails } }),
  };
}
