import type { Path } from "../../tenant/shape.ts";
import { error, type Finding } from "../finding.ts";
import type { Project } from "../project.ts";

/** Roles and client grants name APIs of this file, and scopes that those define. */
export function checkPermissions({ tenant }: Project): readonly Finding[] {
  const { resourceServers = [], roles = [], clientGrants = [] } = tenant.document;
  const scopesByApi = new Map(
    resourceServers.map(({ identifier, scopes = [] }) => [identifier, new Set(scopes.map(({ value }) => value))]),
  );
  const check = (who: string, audience: string, audiencePath: Path, scopes: readonly [string, Path][]): Finding[] => {
    // Texts are compared as written: an API named once by its keyword and once by its value would be two APIs elsewhere.
    const defined = scopesByApi.get(audience);
    if (defined === undefined) {
      const message = `${who} names the API ${audience}, which is not under resourceServers. Write its identifier as it stands there.`;
      return [error({ code: "API_UNKNOWN", place: tenant.locate(audiencePath), message })];
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
  const ofGrants = clientGrants.flatMap(({ client_id: client, audience, scope = [] }, grant) => {
    // The Management API is every tenant's own, and Auth0 defines its scopes.
    if (audience.endsWith("/api/v2/")) return [];
    const path = ["clientGrants", grant];
    const scopes = scope.map((name, index): [string, Path] => [name, [...path, "scope", index]]);
    return check(`The grant of ${client}`, audience, [...path, "audience"], scopes);
  });
  return [...ofRoles, ...ofGrants];
}
