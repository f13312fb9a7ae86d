import type { LiveTenant } from "../../scripts/deploy/live/live-tenant.ts";
import { unsealCode } from "../../scripts/deploy/seal.ts";

/** What logins and operators see of a tenant, without ids, dates and version numbers. */
export function describeLive(live: LiveTenant): string {
  const clientName = (id: string) => live.clients.find((client) => client.id === id)?.name ?? id;
  const description = {
    settings: live.settings.friendly_name,
    apis: live.apis.map(({ identifier, fields }) => [identifier, fields.scopes, fields.token_lifetime]),
    clients: live.clients.map(({ name, fields }) => [name, fields.callbacks]).sort(),
    grants: live.clientGrants.map(({ clientId, audience, scope }) => [clientName(clientId), audience, scope]).sort(),
    roles: live.roles
      .map(({ name, fields, permissions }) => [
        name,
        fields.description,
        permissions.map(({ permission_name }) => permission_name).sort(),
      ])
      .sort(),
    databases: live.databases.map(({ name, fields, enabledClientIds }) => [
      name,
      fields.options,
      enabledClientIds.map(clientName).sort(),
    ]),
    actions: live.actions
      .map(({ name, live: version }) => {
        const { code, seal } = unsealCode(version?.code ?? "");
        return [name, code, seal?.secrets, version?.dependencies, version?.secrets.map((secret) => secret.name)];
      })
      .sort(),
    flow: (live.bindings["post-login"] ?? []).map(({ actionName }) => actionName),
  };
  return JSON.stringify(description, undefined, 1);
}
