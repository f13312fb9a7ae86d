import type { ConnectionSummary } from "./actions/login-context.ts";
import type { Client, Connection } from "./state/resources.ts";
import type { TenantState } from "./state/tenant-state.ts";

/** What a login by a connection looks like here. */
export type ConnectionKind = "database" | "passwordless" | "social";

export function kindOf(connection: Pick<Connection, "strategy">): ConnectionKind {
  if (connection.strategy === "auth0") return "database";
  return connection.strategy === "email" || connection.strategy === "sms" ? "passwordless" : "social";
}

const PROVIDERS: Readonly<Record<string, string>> = {
  "google-oauth2": "Google",
  github: "GitHub",
  facebook: "Facebook",
  apple: "Apple",
  windowslive: "Microsoft Account",
  linkedin: "LinkedIn",
};

/** What the pages call it. */
export const labelOf = ({ display_name, strategy, name }: Connection): string =>
  display_name ?? PROVIDERS[strategy] ?? name;

export function findConnection(
  { connections }: Pick<TenantState, "connections">,
  name: string,
): Connection | undefined {
  return connections.find((connection) => connection.name === name);
}

/**
 * Third-party clients have the connections of the whole domain, and no others (Auth0 docs, "Enable Third-Party Applications").
 * What a connection's purpose leaves out, nobody logs in by.
 */
export function isEnabledFor(connection: Connection, client: Client): boolean {
  if (connection.authentication?.active === false) return false;
  if (client.is_first_party === false) return connection.is_domain_connection === true;
  return (connection.enabled_clients ?? []).includes(client.client_id);
}

/**
 * The connections a login may take: those of the client; in an organization, those of the two; the one asked for, if one
 * was.
 */
export function listConnections(
  state: Pick<TenantState, "connections" | "organizationConnections">,
  client: Client,
  { organization, connection: name }: { readonly organization?: string; readonly connection?: string } = {},
): readonly Connection[] {
  return state.connections.filter(
    (connection) =>
      isEnabledFor(connection, client) &&
      (name === undefined || connection.name === name) &&
      (organization === undefined || isEnabledInOrganization(state, organization, connection.name)),
  );
}

export function isEnabledInOrganization(
  state: Pick<TenantState, "connections" | "organizationConnections">,
  organization: string,
  connectionName: string,
): boolean {
  const connection = findConnection(state, connectionName);
  if (connection === undefined) return false;
  return state.organizationConnections.get(`${organization}:${connection.id}`)?.is_enabled ?? false;
}

/** Whether people may sign up to a database by themselves; in an organization that one says so as well. */
export function isSignupOpen(
  { organizationConnections }: Pick<TenantState, "organizationConnections">,
  connection: Connection,
  organization?: string,
): boolean {
  if (connection.options.disable_signup === true) return false;
  if (organization === undefined) return true;
  return organizationConnections.get(`${organization}:${connection.id}`)?.is_signup_enabled === true;
}

/** As `event.connection` shows it. One that was deleted during a session is shown by its name. */
export function describeConnection(state: Pick<TenantState, "connections">, name: string): ConnectionSummary {
  const connection = findConnection(state, name);
  if (connection === undefined) return { id: "", name, strategy: "" };
  const metadata = connection.metadata as ConnectionSummary["metadata"];
  return {
    id: connection.id,
    name,
    strategy: connection.strategy,
    ...(metadata !== undefined && { metadata }),
  };
}
