import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { deleteUser } from "../../users/delete-user.ts";

/** Removes a connection with its users, and in the organizations that it was enabled for as well. */
export function removeConnection(tenant: Pick<Tenant, "state">, { id, name }: Connection): void {
  tenant.state.connections.delete(id);
  const enabled = tenant.state.organizationConnections.filter(({ connection_id }) => connection_id === id);
  for (const entry of enabled) tenant.state.organizationConnections.delete(entry.id);
  for (const user of tenant.state.users.filter(({ identities }) => identities[0]?.connection === name)) {
    deleteUser(tenant, user.user_id);
  }
}
