import { splitMarker } from "../../scripts/deploy/kinds/action/marker.ts";
import type { LiveTenant } from "../../scripts/deploy/kinds/live-tenant.ts";

/** What logins and operators see of a tenant, without ids, dates and version numbers. */
export function describeLive(live: LiveTenant): string {
  const clientName = (id: string) => live.client.find((client) => client.id === id)?.name ?? id;
  const description = {
    settings: live.tenant[0]?.fields.friendly_name,
    apis: live.api.map(({ name, fields }) => [name, fields.scopes, fields.token_lifetime]),
    clients: live.client.map(({ name, fields }) => [name, fields.callbacks]).sort(),
    grants: live["client-grant"].map(({ name, fields }) => [name, fields.scope]).sort(),
    roles: live.role
      .map(({ name, fields, permissions }) => [
        name,
        fields.description,
        permissions.map(({ permission_name }) => permission_name).sort(),
      ])
      .sort(),
    databases: live.database.map(({ name, fields, enabledClientIds }) => [
      name,
      fields.options,
      enabledClientIds.map(clientName).sort(),
    ]),
    actions: live.action
      .map(({ name, live: version }) => {
        const { code, marker } = splitMarker(version?.code ?? "");
        return [name, code, marker?.secrets, version?.dependencies, version?.secrets.map((secret) => secret.name)];
      })
      .sort(),
    flow: live.flow.flatMap(({ bindings }) => bindings.map(({ actionName }) => actionName)),
  };
  return JSON.stringify(description, undefined, 1);
}
