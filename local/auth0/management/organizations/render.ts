import type { Organization } from "../../state/organization.ts";

/** An organization; the two switches that tenants of 2026 show are fixed, since nothing here turns them. */
export function renderOrganization(organization: Organization): unknown {
  return { ...organization, third_party_client_access: "block", is_app_entitlement_active: false };
}
