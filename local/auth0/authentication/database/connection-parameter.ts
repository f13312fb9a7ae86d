import { findConnection, isEnabledFor, kindOf } from "../../connections.ts";
import { InvalidRequest } from "../../oauth-error.ts";
import type { Client, Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { type Parameters, readRequired } from "../parameters.ts";

/** Client and database of a request that anybody may send: neither is proved, both have to fit. */
export function readDatabaseOf(
  state: Pick<TenantState, "clients" | "connections">,
  parameters: Parameters,
): { client: Client; connection: Connection } {
  const client = state.clients.get(readRequired(parameters, "client_id"));
  if (client === undefined || client.global === true) throw new InvalidRequest("Unknown client");
  const connection = findConnection(state, readRequired(parameters, "connection"));
  if (connection === undefined || kindOf(connection) !== "database" || !isEnabledFor(connection, client)) {
    throw new InvalidRequest("the connection was not found");
  }
  return { client, connection };
}
