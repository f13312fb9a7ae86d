import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, renderList, selectFields } from "../paging.ts";
import { getClient } from "../records/client.ts";
import { choice, listOf } from "../schema.ts";
import { getConnection } from "./find.ts";
import { READ_OPTIONS, renderConnection } from "./render.ts";
import { STRATEGIES } from "./strategies.ts";

interface Switch {
  readonly client_id: string;
  readonly status: boolean;
}

const TAKE_1000 = { ...CHECKPOINT_QUERY, take: { ...CHECKPOINT_QUERY.take, maximum: 1000 } };

/** Which clients a connection is enabled for, from either side. Always paged by checkpoint. */
export const connectionClients: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/connections/:id/clients",
    scopes: ["read:connections"],
    query: TAKE_1000,
    handle: ({ params, query }) => {
      const rows = getConnection(state, params.id).enabled_clients.map((client_id) => ({ client_id }));
      return ok(renderList("clients", rows, { take: 50, ...query }));
    },
  }),
  endpoint<readonly Switch[]>({
    method: "PATCH",
    path: "/connections/:id/clients",
    summary: "Update enabled clients for a connection",
    scopes: ["update:connections"],
    body: "UpdateEnabledClientConnectionsRequestContent",
    handle: ({ params, body }) => {
      const connection = getConnection(state, params.id);
      checkClientsExist(
        state,
        body.map(({ client_id }) => client_id),
      );
      const enabled = new Set(connection.enabled_clients);
      for (const { client_id, status } of body) {
        if (status) enabled.add(client_id);
        else enabled.delete(client_id);
      }
      state.connections.set(connection.id, { ...connection, enabled_clients: [...enabled] });
      return NO_CONTENT;
    },
  }),
  endpoint({
    method: "GET",
    path: "/clients/:id/connections",
    scopes: ["read:connections", "read:clients", "read:client_summary"],
    partScopes: [READ_OPTIONS],
    query: { ...CHECKPOINT_QUERY, ...FIELDS_QUERY, strategy: listOf(choice(STRATEGIES)) },
    handle: ({ params, query, scopes }) => {
      const { client_id } = getClient(state, params.id);
      const strategies = query.strategy;
      const rows = state.connections
        .filter(({ enabled_clients }) => enabled_clients.includes(client_id))
        .filter(({ strategy }) => !Array.isArray(strategies) || strategies.includes(strategy))
        .map((connection) => selectFields(renderConnection(connection, scopes), query));
      return ok(renderList("connections", rows, { take: 50, ...query }));
    },
  }),
];

/** Throws 400 when a client in the list does not exist. */
export function checkClientsExist({ clients }: Pick<TenantState, "clients">, ids: readonly string[]): void {
  const unknown = ids.filter((id) => !clients.has(id));
  if (unknown.length > 0) {
    throw new ManagementError(400, `The clients ${unknown.join(", ")} do not exist`, "invalid_body");
  }
}
