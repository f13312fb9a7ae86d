import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getConnection({ connections }: Pick<TenantState, "connections">, id: string): Connection {
  const connection = connections.get(id);
  if (connection === undefined) {
    throw new ManagementError(404, "The connection does not exist", "inexistent_connection");
  }
  return connection;
}
