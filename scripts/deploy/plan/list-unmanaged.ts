import type { LiveTenant } from "../live/live-tenant.ts";
import type { Unmanaged } from "./change.ts";
import type { Desired } from "./desired.ts";
import { listOwned } from "./plan-flow.ts";

/** What the tenant has and tenant.yaml does not name. */
export function listUnmanaged(desired: Desired, live: LiveTenant): readonly Unmanaged[] {
  const { document } = desired;
  const names = (list: readonly { readonly name: string }[] | undefined) =>
    new Set((list ?? []).map(({ name }) => name));
  const identifiers = new Set((document.resourceServers ?? []).map(({ identifier }) => identifier));
  const clients = names(document.clients);
  const owned = listOwned(desired, live);
  const wantedActions = names(desired.actions);
  return [
    ...live.apis
      .filter((api) => !api.isSystem && !identifiers.has(api.identifier))
      .map((api) => ({ type: "api", name: api.identifier }) as const),
    ...live.clients
      .filter((client) => !clients.has(client.name))
      .map((client) => ({ type: "client", name: client.name, note: client.id }) as const),
    ...live.roles
      .filter((role) => !names(document.roles).has(role.name))
      .map((role) => ({ type: "role", name: role.name }) as const),
    ...live.databases
      .filter((database) => !names(document.databases).has(database.name))
      .map((database) => ({ type: "database", name: database.name }) as const),
    ...live.actions
      .filter((action) => !wantedActions.has(action.name))
      .map((action) => ({
        type: "action" as const,
        name: action.name,
        note: owned.has(action.name) ? "was ours: renamed or dropped" : "not ours",
      })),
  ];
}
