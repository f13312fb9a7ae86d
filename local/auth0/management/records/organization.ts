import type { Organization } from "../../state/organization.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

const inexistent = () => new ManagementError(404, "No organization found by that id or name");

/** Throws 404. */
export function getOrganization(tenant: Tenant, id: string | undefined): Organization {
  const organization = id === undefined ? undefined : tenant.state.organizations.get(id);
  if (organization === undefined) throw inexistent();
  return organization;
}

/** Throws 404. */
export function getOrganizationByName(tenant: Tenant, name: string | undefined): Organization {
  const organization = tenant.state.organizations.find((candidate) => candidate.name === name);
  if (organization === undefined) throw inexistent();
  return organization;
}
