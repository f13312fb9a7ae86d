import type { Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

const inexistent = () => new ManagementError(404, "No organization found by that id or name");

/** Throws 404. */
export function getOrganization(
  { organizations }: Pick<TenantState, "organizations">,
  id: string | undefined,
): Organization {
  const organization = id === undefined ? undefined : organizations.get(id);
  if (organization === undefined) throw inexistent();
  return organization;
}

/** Throws 404. */
export function getOrganizationByName(
  { organizations }: Pick<TenantState, "organizations">,
  name: string | undefined,
): Organization {
  const organization = organizations.find((candidate) => candidate.name === name);
  if (organization === undefined) throw inexistent();
  return organization;
}
