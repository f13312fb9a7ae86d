import type { Tenant } from "../tenant.ts";

/** What people are shown the tenant as. */
export function tenantNameOf({ name, state }: Pick<Tenant, "name" | "state">): string {
  const friendly = state.settings.get("tenant")?.friendly_name;
  return typeof friendly === "string" && friendly !== "" ? friendly : name;
}
