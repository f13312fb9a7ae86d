import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";

/** Removes a connection, in the organizations that it was enabled for as well. */
export function removeConnection(tenant: Tenant, { id }: Connection): void {
  tenant.state.connections.delete(id);
  const enabled = tenant.state.organizationConnections.filter(({ connection_id }) => connection_id === id);
  for (const entry of enabled) tenant.state.organizationConnections.delete(entry.id);
}
