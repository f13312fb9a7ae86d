import type { RefusalCode } from "../decision.ts";
import { type Claims, readScopes } from "../token/claims.ts";
import type { Billing } from "./billing.ts";

/**
 * Why a token lacks scopes. RBAC's `permissions` lists all that is assigned to the user, and require-subscription leaves out of
 * `scope` what is not paid for; of a machine, whose permissions are its scopes, require-organization-subscription names what it left
 * out in `unpaid_scopes`. What is missing for want of money alone is to be paid for. A new token, which 403 asks for, would
 * not have it either; once it is paid for, a new token is what is needed.
 *
 * @param audience of the API; the claim is named after it
 * @param missing what the request needs and the token lacks
 */
export async function explainMissing(
  billing: Billing,
  claims: Claims,
  audience: string,
  missing: readonly string[],
): Promise<RefusalCode> {
  const unpaid = claims[`${billing.rules.claimNamespace ?? audience}unpaid_scopes`];
  const assigned = [...readScopes(claims.permissions), ...readScopes(unpaid)];
  if (!missing.every((scope) => billing.rules.paid.has(scope) && assigned.includes(scope))) return "scope_missing";
  const charge = await billing.charge({ claims, scopes: missing, metered: false });
  return charge.kind === "refused" ? charge.code : "scope_missing";
}
