import type { OrganizationConnection } from "../../state/organization.ts";
import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Tenant } from "../../tenant.ts";
import { DATABASE_STRATEGY } from "../../users/create-user.ts";
import { getOr404, ManagementError } from "../error.ts";
import { linkId } from "./link-id.ts";

export interface ConnectionBody {
  readonly connection_id: string;
  readonly assign_membership_on_login?: boolean;
  readonly is_signup_enabled?: boolean;
  readonly show_as_button?: boolean;
  readonly is_enabled?: boolean | null;
  readonly organization_access_level?: string | null;
  readonly organization_connection_name?: string | null;
}

/** Throws 404. */
export function getLink(
  { organizationConnections }: Pick<TenantState, "organizationConnections">,
  organizationId: string,
  connectionId: string,
): OrganizationConnection {
  return getOr404(organizationConnections.get(linkId(organizationId, connectionId)), "No connection found by that id");
}

export function linksOf(
  { organizationConnections }: Pick<TenantState, "organizationConnections">,
  organizationId: string,
): readonly OrganizationConnection[] {
  return organizationConnections.filter((link) => link.organization_id === organizationId);
}

/** Throws 404 for a connection that does not exist, 409 for one that the organization has, 400 for a bad combination. */
export function addConnection(
  { connections, organizationConnections }: Pick<TenantState, "connections" | "organizationConnections">,
  organizationId: string,
  body: ConnectionBody,
): OrganizationConnection {
  const connection = getOr404(connections.get(body.connection_id), "No connection found by that id");
  const id = linkId(organizationId, connection.id);
  if (organizationConnections.has(id)) {
    throw new ManagementError(409, "The organization connection already exists.");
  }
  const link = merge(
    {
      id,
      organization_id: organizationId,
      connection_id: connection.id,
      assign_membership_on_login: false,
      is_signup_enabled: false,
      show_as_button: true,
      is_enabled: true,
      organization_access_level: "none",
    },
    body,
  );
  checkSignup(connection, link);
  return organizationConnections.set(id, link);
}

export function updateConnection(
  { connections, organizationConnections }: Pick<TenantState, "connections" | "organizationConnections">,
  link: OrganizationConnection,
  body: Omit<ConnectionBody, "connection_id">,
): OrganizationConnection {
  const updated = merge(link, body);
  checkSignup(connections.get(link.connection_id), updated);
  return organizationConnections.set(link.id, updated);
}

/** As the newer endpoints show it. */
export function renderLink({ state }: Pick<Tenant, "state">, link: OrganizationConnection): unknown {
  const { id, organization_id, ...shown } = link;
  return { ...shown, connection: renderConnection(state.connections.get(link.connection_id)) };
}

/** As the older endpoints (`enabled_connections`) show it: sign-up only where there is one. */
export function renderEnabledLink({ state }: Pick<Tenant, "state">, link: OrganizationConnection): unknown {
  const connection = state.connections.get(link.connection_id);
  return {
    connection_id: link.connection_id,
    assign_membership_on_login: link.assign_membership_on_login,
    ...(connection?.strategy === DATABASE_STRATEGY && { is_signup_enabled: link.is_signup_enabled }),
    show_as_button: link.show_as_button,
    connection: renderConnection(connection),
  };
}

function merge(link: OrganizationConnection, body: Partial<ConnectionBody>): OrganizationConnection {
  const { connection_id, organization_connection_name: name, ...rest } = body;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  return {
    ...link,
    ...Object.fromEntries(given),
    ...(typeof name === "string" && { organization_connection_name: name }),
  };
}

function checkSignup(connection: Connection | undefined, link: OrganizationConnection): void {
  if (!link.is_signup_enabled) return;
  if (connection?.strategy === DATABASE_STRATEGY && link.assign_membership_on_login) return;
  const message = "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.";
  throw new ManagementError(400, message, "invalid_body");
}

function renderConnection(connection: Connection | undefined): unknown {
  return { name: connection?.name, strategy: connection?.strategy };
}
