import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getConnection(tenant: Tenant, id: string): Connection {
  const connection = tenant.state.connections.get(id);
  if (connection === undefined) {
    throw new ManagementError(404, "The connection does not exist", "inexistent_connection");
  }
  return connection;
}
