import { findConnection } from "../connections.ts";
import type { LogEvent } from "../logs.ts";
import type { Client } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";
import type { Caller } from "./caller.ts";

/** What happened at this API, in the terms it is known by here. */
export interface AuthenticationEvent {
  /** Auth0 docs, "Log Event Type Codes". */
  readonly type: string;
  readonly caller: Caller;
  readonly description?: string | undefined;
  readonly client?: Client | undefined;
  readonly user?: User | undefined;
  /** Name. */
  readonly connection?: string | undefined;
  /** Id. */
  readonly organizationId?: string | undefined;
  readonly audience?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly details?: unknown;
}

/** Writes an entry of the tenant log. */
export function writeLog(
  { domain, logs, state }: Pick<Tenant, "domain" | "logs" | "state">,
  event: AuthenticationEvent,
): void {
  const { type, caller, client, user, organizationId } = event;
  const connection = event.connection === undefined ? undefined : findConnection(state, event.connection);
  const organization = organizationId === undefined ? undefined : state.organizations.get(organizationId);
  const entry: LogEvent = {
    type,
    description: event.description ?? null,
    ip: caller.ip,
    user_agent: caller.userAgent,
    hostname: domain,
    details: event.details ?? null,
    audience: event.audience ?? null,
    client_id: client?.client_id ?? null,
    client_name: client?.name ?? null,
    user_id: user?.user_id ?? null,
    user_name: user?.email ?? user?.name ?? null,
    connection: event.connection ?? null,
    connection_id: connection?.id ?? null,
    strategy: connection?.strategy ?? null,
    strategy_type: connection === undefined ? null : strategyTypeOf(connection.strategy),
    organization_id: organization?.id ?? null,
    organization_name: organization?.name ?? null,
    ...(event.scope !== undefined && { scope: event.scope.join(" ") }),
  };
  logs.write(entry);
}

function strategyTypeOf(strategy: string): string {
  if (strategy === "auth0") return "database";
  return strategy === "email" || strategy === "sms" ? "passwordless" : "social";
}
