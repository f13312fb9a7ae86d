import type { Path } from "../../tenant/shape.ts";
import { error, type Finding, warning } from "../finding.ts";
import type { Project } from "../project.ts";

/** Roles and client grants name scopes that the APIs of this file define. What else the tenant has, plans look up. */
export function checkPermissions({ tenant }: Project): readonly Finding[] {
  const { resourceServers = [], roles = [], clientGrants = [] } = tenant.document;
  const scopesByApi = new Map(
    resourceServers.map(({ identifier, scopes = [] }) => [identifier, new Set(scopes.map(({ value }) => value))]),
  );
  const check = (who: string, audience: string, audiencePath: Path, scopes: readonly [string, Path][]): Finding[] => {
    // Texts are compared as written: an API named once by its keyword and once by its value would be two APIs elsewhere.
    const defined = scopesByApi.get(audience);
    if (defined === undefined) {
      // The Management API is every tenant's own, and Auth0 defines its scopes.
      if (audience.endsWith("/api/v2/")) return [];
      const message = `${who} names the API ${audience}, which is not under resourceServers: the tenant must have it already, and a plan looks. If it stands there, write its identifier as it does.`;
      return [warning({ code: "API_UNKNOWN", place: tenant.locate(audiencePath), message })];
    }
    return scopes
      .filter(([scope]) => !defined.has(scope))
      .map(([scope, path]) => {
        const message = `${who} has ${scope}, which ${audience} does not define. Add it to the API's scopes, or remove it here.`;
        return error({ code: "SCOPE_UNKNOWN", place: tenant.locate(path), message });
      });
  };
  const ofRoles = roles.flatMap(({ name, permissions = [] }, role) =>
    permissions.flatMap(({ permission_name: scope, resource_server_identifier: audience }, index) => {
      const path = ["roles", role, "permissions", index];
      return check(
        `The role ${name}`,
        audience,
        [...path, "resource_server_identifier"],
        [[scope, [...path, "permission_name"]]],
      );
    }),
  );
  const ofGrants = clientGrants.flatMap(({ client_id: client, default_for, audience, scope = [] }, grant) => {
    const path = ["clientGrants", grant];
    const scopes = scope.map((name, index): [string, Path] => [name, [...path, "scope", index]]);
    return check(`The grant of ${client ?? default_for}`, audience, [...path, "audience"], scopes);
  });
  return [...ofRoles, ...ofGrants];
}
