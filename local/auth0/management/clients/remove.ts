import type { TenantState } from "../../state/tenant-state.ts";
import { removeClientGrant } from "../client-grants/remove.ts";

/** Removes a client with its grants, and from the connections and organizations that it was enabled for. */
export function removeClient(state: TenantState, id: string): void {
  const isOfClient = (record: { readonly client_id?: string }): boolean => record.client_id === id;
  state.clients.delete(id);
  state.clientCredentials(id).deleteWhere(() => true);
  for (const grant of state.clientGrants.filter(isOfClient)) removeClientGrant(state, grant.id);
  state.organizationClients.deleteWhere(isOfClient);
  for (const connection of state.connections.filter(({ enabled_clients }) => enabled_clients.includes(id))) {
    const enabled_clients = connection.enabled_clients.filter((enabled) => enabled !== id);
    state.connections.set(connection.id, { ...connection, enabled_clients });
  }
}
