import type { Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOr404 } from "../error.ts";

const INEXISTENT = "No organization found by that id or name";

/** Throws 404. */
export function getOrganization({ organizations }: Pick<TenantState, "organizations">, id = ""): Organization {
  return getOr404(organizations.get(id), INEXISTENT);
}

/** Throws 404. */
export function getOrganizationByName(
  { organizations }: Pick<TenantState, "organizations">,
  name: string | undefined,
): Organization {
  return getOr404(
    organizations.find((candidate) => candidate.name === name),
    INEXISTENT,
  );
}
