import type { Tenant } from "../../tenant.ts";
import { removeClientGrant } from "../client-grants/remove.ts";

/** Removes a client with its grants, and from the connections and organizations that it was enabled for. */
export function removeClient(tenant: Pick<Tenant, "state">, id: string): void {
  const { state } = tenant;
  state.clients.delete(id);
  for (const grant of state.clientGrants.filter(({ client_id }) => client_id === id))
    removeClientGrant(tenant.state, grant.id);
  for (const entry of state.organizationClients.filter(({ client_id }) => client_id === id)) {
    state.organizationClients.delete(entry.id);
  }
  for (const connection of state.connections.filter(({ enabled_clients }) => enabled_clients.includes(id))) {
    const enabled_clients = connection.enabled_clients.filter((enabled) => enabled !== id);
    state.connections.set(connection.id, { ...connection, enabled_clients });
  }
}
