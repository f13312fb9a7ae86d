import type { LogEvent } from "../../logs.ts";
import type { Client } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { ActionRequest, ConnectionSummary } from "../login-context.ts";

interface Requester {
  readonly client?: Client;
  readonly connection: ConnectionSummary;
  readonly request: ActionRequest;
  /** Who is not stored yet has no id. */
  readonly user: Partial<Pick<User, "email" | "user_id">>;
}

/** Whose run it was, for the tenant log. */
export function describeRequester({
  client,
  connection,
  request,
  user,
}: Requester): Omit<LogEvent, "type" | "details"> {
  return {
    ...(client !== undefined && { client_id: client.client_id, client_name: client.name }),
    connection: connection.name,
    connection_id: connection.id,
    strategy: connection.strategy,
    ip: request.ip,
    hostname: request.hostname,
    user_agent: request.userAgent ?? null,
    ...(user.user_id !== undefined && { user_id: user.user_id }),
  };
}
