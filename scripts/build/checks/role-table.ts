import { type Finding, warning } from "../finding.ts";
import { findApiIdentifier, planGrants } from "../grants.ts";
import { listBundles, type Project } from "../project.ts";

/** A misspelt or forgotten role takes every scope out of every token, which no other check sees. */
export function checkRoleTable({ tenant, ...project }: Project): readonly Finding[] {
  return listBundles({ tenant, ...project }).flatMap(({ action, path, bundle }) => {
    const grants = bundle.usesGrants ? planGrants(tenant.document, action) : undefined;
    if (grants === undefined || grants.apiScopes.length === 0) return [];
    if (Object.values(grants.roleScopes).some((scopes) => scopes.length > 0)) return [];
    return [
      warning({
        code: "ROLE_TABLE_EMPTY",
        place: tenant.locate(path),
        message: `No role in tenant.yaml grants a scope of ${findApiIdentifier(action)}, so ${action.name} takes them all out of every token.`,
      }),
    ];
  });
}
