import type { TenantState } from "../state/tenant-state.ts";

export interface OrganizationClaims {
  readonly id: string;
  readonly name?: string;
}

/** `org_name` is in tokens where the tenant takes names in place of ids (Auth0 docs: "Use Organization Names"). */
export function describeOrganization(
  { organizations, settings }: Pick<TenantState, "organizations" | "settings">,
  id: string | undefined,
): OrganizationClaims | undefined {
  if (id === undefined) return undefined;
  const name = organizations.get(id)?.name;
  const showsName = settings.get("tenant")?.allow_organization_name_in_authentication_api === true;
  return showsName && name !== undefined ? { id, name } : { id };
}
