import { InvalidRequest } from "../../oauth-error.ts";
import type { Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";

type State = Pick<TenantState, "organizations" | "settings">;

/**
 * The organization that a request names: by id, and by name where the tenant allows that. An id that looks like a name
 * is not a name (names hold no capital letters, ids may).
 */
export function findOrganization(state: State, idOrName = ""): Organization | undefined {
  const byId = state.organizations.get(idOrName);
  if (byId !== undefined || !areNamesAllowed(state)) return byId;
  return state.organizations.find(({ name }) => name === idOrName.toLowerCase());
}

const areNamesAllowed = ({ settings }: State): boolean =>
  settings.get("tenant")?.allow_organization_name_in_authentication_api === true;

/** @throws {OAuthError} `invalid_request` */
export function getOrganization(state: State, idOrName: string): Organization {
  const found = findOrganization(state, idOrName);
  if (found !== undefined) return found;
  throw new InvalidRequest(
    areNamesAllowed(state) || idOrName.startsWith("org_")
      ? "parameter organization is invalid"
      : "authorization request parameter organization must be an organization id",
  );
}
