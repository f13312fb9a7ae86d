import type { Organization } from "../../state/organization.ts";

/** An organization; the two switches that tenants of 2026 show have their defaults where nobody set them. */
export function renderOrganization(organization: Organization): unknown {
  return { third_party_client_access: "block", is_app_entitlement_active: false, ...organization };
}
