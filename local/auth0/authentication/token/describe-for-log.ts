import type { Tenant } from "../../tenant.ts";
import type { Authorization } from "../../tokens/authorization.ts";

/** Whom and what tokens are for, as the tenant log names it. */
export function describeForLog(tenant: Tenant, { userId, connection, organizationId, audience }: Authorization) {
  return { user: tenant.state.users.get(userId), connection, organizationId, audience };
}
