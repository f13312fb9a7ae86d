import type { RefusalCode } from "../decision.ts";
import { type Claims, readScopes } from "../token/claims.ts";
import type { Billing } from "./billing.ts";

/**
 * Why a token lacks scopes. RBAC's `permissions` lists all that is assigned to the user, and require-subscription leaves out of
 * `scope` what is not paid for: what is missing for want of money alone is to be paid for. A new token, which 403 asks for, would
 * not have it either; once it is paid for, a new token is what is needed.
 *
 * @param missing what the request needs and the token lacks
 */
export async function explainMissing(
  billing: Billing,
  claims: Claims,
  missing: readonly string[],
): Promise<RefusalCode> {
  const assigned = readScopes(claims.permissions);
  if (!missing.every((scope) => billing.rules.paid.has(scope) && assigned.includes(scope))) return "scope_missing";
  const charge = await billing.charge({ claims, scopes: missing, metered: false });
  return charge.kind === "refused" ? charge.code : "scope_missing";
}
