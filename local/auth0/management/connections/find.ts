import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { getOr404 } from "../error.ts";

/** Throws 404. */
export function getConnection({ connections }: Pick<TenantState, "connections">, id = ""): Connection {
  return getOr404(connections.get(id), "The connection does not exist", "inexistent_connection");
}
