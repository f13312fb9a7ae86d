import { InvalidRequest } from "../../oauth-error.ts";
import type { Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";

/**
 * The organization that a request names: by id, and by name where the tenant allows that. An id that looks like a name
 * is not a name (names hold no capital letters, ids may).
 *
 * @throws {OAuthError} `invalid_request`
 */
export function getOrganization(
  { organizations, settings }: Pick<TenantState, "organizations" | "settings">,
  idOrName: string,
): Organization {
  const byId = organizations.get(idOrName);
  if (byId !== undefined) return byId;
  if (settings.get("tenant")?.allow_organization_name_in_authentication_api === true) {
    const byName = organizations.find(({ name }) => name === idOrName.toLowerCase());
    if (byName !== undefined) return byName;
    throw new InvalidRequest("parameter organization is invalid");
  }
  throw new InvalidRequest(
    idOrName.startsWith("org_")
      ? "parameter organization is invalid"
      : "authorization request parameter organization must be an organization id",
  );
}
