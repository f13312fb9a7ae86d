import type { LogEvent } from "../../logs.ts";
import type { Client } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { ActionRequest, ConnectionSummary } from "../login-context.ts";

interface Requester {
  readonly client?: Client;
  /** A client that comes for itself has neither connection nor user. */
  readonly connection?: ConnectionSummary;
  readonly request: ActionRequest;
  /** Who is not stored yet has no id. */
  readonly user?: Partial<Pick<User, "email" | "user_id">>;
  readonly audience?: string;
  readonly organizationId?: string;
}

/** Whose run it was, for the tenant log. */
export function describeRequester({
  client,
  connection,
  request,
  user,
  audience,
  organizationId,
}: Requester): Omit<LogEvent, "type" | "details"> {
  return {
    ...(client !== undefined && { client_id: client.client_id, client_name: client.name }),
    ...(connection !== undefined && {
      connection: connection.name,
      connection_id: connection.id,
      strategy: connection.strategy,
    }),
    ip: request.ip,
    hostname: request.hostname,
    user_agent: request.userAgent ?? null,
    ...(user?.user_id !== undefined && { user_id: user.user_id }),
    ...(audience !== undefined && { audience }),
    ...(organizationId !== undefined && { organization_id: organizationId }),
  };
}
