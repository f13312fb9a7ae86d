import { AccessDenied } from "../../oauth-error.ts";
import type { Client } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";

/**
 * Whether members of the organization may log in to the client. One that names its applications lets them in to no others; of
 * third parties only to those that it does not shut out. Source: Auth0 docs, "Grant Per-Application Access to an Organization".
 *
 * @throws {OAuthError} `access_denied`, in words of this tenant's
 */
export function checkClientAccess(
  { organizationClients, organizations }: Pick<TenantState, "organizationClients" | "organizations">,
  { client_id, is_first_party }: Client,
  organizationId: string,
): void {
  if (organizations.get(organizationId)?.is_app_entitlement_active !== true) return;
  const isAllowed = organizationClients.get(`${organizationId}:${client_id}`)?.use_for_member_access;
  if (isAllowed ?? is_first_party === false) return;
  throw new AccessDenied(`client ${client_id} is not allowed for the ${organizationId} organization`, {
    logDetails: { type: "organization_access_denied" },
  });
}
