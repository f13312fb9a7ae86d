import type { Tenant } from "../tenant.ts";

export interface OrganizationClaims {
  readonly id: string;
  readonly name?: string;
}

/** `org_name` is in tokens where the tenant takes names in place of ids (Auth0 docs: "Use Organization Names"). */
export function describeOrganization(tenant: Tenant, id: string | undefined): OrganizationClaims | undefined {
  if (id === undefined) return undefined;
  const name = tenant.state.organizations.get(id)?.name;
  const showsName = tenant.state.settings.get("tenant")?.allow_organization_name_in_authentication_api === true;
  return showsName && name !== undefined ? { id, name } : { id };
}
