import { error, type Finding } from "../finding.ts";
import { listBundles, type Project } from "../project.ts";

/**
 * What tenant.yaml does not have stays as it is in the tenant. Of the permissions of a role that would be two truths: the tenant's,
 * and an empty list that Actions are built from, which takes the role's scopes out of every token.
 */
export function checkRolePermissions(project: Project): readonly Finding[] {
  const { document, waiting, locate } = project.tenant;
  const builtFrom = listBundles(project).find(({ bundle }) => bundle.usesGrants);
  if (builtFrom === undefined || waiting.some(([section]) => section === "roles")) return [];
  return (document.roles ?? []).flatMap(({ name, permissions }, index) =>
    permissions !== undefined
      ? []
      : [
          error({
            code: "ROLE_PERMISSIONS_UNKNOWN",
            place: locate(["roles", index]),
            message: `${builtFrom.action.name} is built from the permissions of the role ${name}, which stand in the tenant alone. List them here, or write [] for none.`,
          }),
        ],
  );
}
