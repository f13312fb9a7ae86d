import { error, type Finding, warning } from "../finding.ts";
import { findApiIdentifier, planGrants } from "../grants.ts";
import { listBundles, type Project } from "../project.ts";

/** An Action that has grants compiled in knows its API; and where RBAC is off it is the only guard of that API. */
export function checkGuards(project: Project): readonly Finding[] {
  const { document, locate } = project.tenant;
  const bound = new Set(
    Object.values(document.triggers ?? {}).flatMap((list) => list.map((entry) => entry.action_name)),
  );
  return listBundles(project).flatMap(({ action, path, bundle }): readonly Finding[] => {
    if (!bundle.usesGrants && !bundle.usesBilling) return [];
    const identifier = findApiIdentifier(action);
    if (planGrants(document, action) === undefined) {
      const found = identifier === undefined ? "has no secret API_IDENTIFIER" : `names the API ${identifier}`;
      const message = `${action.name} has the grants of an API compiled in, but ${found}. Write the identifier of one under resourceServers, as it stands there.`;
      return [error({ code: "GRANTS_API_UNKNOWN", place: locate([...path, "secrets"]), message })];
    }
    if (!bundle.usesGrants) return [];
    const index = (document.resourceServers ?? []).findIndex((server) => server.identifier === identifier);
    const api = document.resourceServers?.[index];
    if (api === undefined || api.enforce_policies === true || !bound.has(action.name)) return [];
    const place = locate(["resourceServers", index, "enforce_policies"]);
    const message = `RBAC is off for ${api.name}: only ${action.name} keeps scopes from users who were not given them, and nothing does when it is not bound. Write enforce_policies: true.`;
    return [warning({ code: "API_GUARDED_BY_ACTION_ALONE", place, message })];
  });
}
