import { newId } from "../../ids.ts";
import type { Connection } from "../../state/resources.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { withoutNulls } from "../merge.ts";
import { CHECKPOINT_QUERY, FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { choice, listOf, text } from "../schema.ts";
import { checkCrossAppAccess, checkOptions } from "./check-options.ts";
import { checkClientsExist } from "./clients.ts";
import { completeOptions, planEnterprise } from "./complete-options.ts";
import { DATABASE_OPTIONS } from "./defaults.ts";
import { getConnection } from "./find.ts";
import { removeConnection } from "./remove.ts";
import { READ_OPTIONS, renderConnection, UPDATE_OPTIONS } from "./render.ts";
import { STRATEGIES } from "./strategies.ts";

type Options = Readonly<Record<string, unknown>>;
type NewConnection = Partial<Connection> & Pick<Connection, "name" | "strategy">;
interface Changes extends Record<string, unknown> {
  readonly options?: Options | null;
  readonly enabled_clients?: readonly string[] | null;
  readonly realms?: readonly string[];
}

/** In the answer for one connection, whatever fields are asked for. */
const ALWAYS_SHOWN = ["id", "is_domain_connection", "authentication", "connected_accounts"];

const FILTERS = {
  strategy: listOf(choice(STRATEGIES), "Provide strategies to only retrieve connections with such strategies"),
  name: text("Provide the name of the connection to retrieve"),
};

export const connections: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/connections",
    scopes: ["read:connections"],
    partScopes: [READ_OPTIONS],
    query: { ...PAGE_QUERY, ...CHECKPOINT_QUERY, ...FIELDS_QUERY, ...FILTERS },
    handle: ({ query, scopes }) => {
      const found = tenant.state.connections.filter((connection) => matches(connection, query));
      const rows = found.map((connection) => selectFields(renderConnection(connection, scopes), query));
      return ok(renderList("connections", rows, query));
    },
  }),
  endpoint<NewConnection>({
    method: "POST",
    path: "/connections",
    summary: "Create a connection",
    scopes: ["create:connections"],
    body: "CreateConnectionRequestContent",
    handle: ({ body, scopes }) => created(renderConnection(createConnection(tenant.state, body), scopes)),
  }),
  endpoint({
    method: "GET",
    path: "/connections/:id",
    scopes: ["read:connections"],
    partScopes: [READ_OPTIONS],
    query: FIELDS_QUERY,
    handle: ({ params, query, scopes }) => {
      const connection = renderConnection(getConnection(tenant.state, params.id), scopes);
      return ok(selectFields(connection, query, ALWAYS_SHOWN));
    },
  }),
  endpoint<Changes>({
    method: "PATCH",
    path: "/connections/:id",
    summary: "Update a connection",
    scopes: ["update:connections"],
    partScopes: [READ_OPTIONS, UPDATE_OPTIONS],
    body: "UpdateConnectionRequestContent",
    handle: ({ params, body, scopes }) => {
      const current = getConnection(tenant.state, params.id);
      checkMayWriteOptions(body, scopes);
      checkOptions(body.options ?? {}, current.options);
      checkCrossAppAccess(current.strategy, body);
      checkClientsExist(tenant.state, body.enabled_clients ?? []);
      checkRealms(tenant.state, body.realms ?? [], current.id);
      // The options are replaced as a whole: what a request leaves out is gone.
      const updated = withoutNulls({
        ...current,
        ...body,
        options: body.options ? completeOptions(current.strategy, body.options, "changed") : current.options,
        enabled_clients: body.enabled_clients ?? current.enabled_clients,
        realms: body.realms ?? current.realms,
      });
      return ok(renderConnection(tenant.state.connections.set(current.id, updated), scopes));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/connections/:id",
    summary: "Delete a connection",
    scopes: ["delete:connections"],
    handle: ({ params }) => {
      const connection = tenant.state.connections.get(params.id ?? "");
      if (connection === undefined) return NO_CONTENT;
      removeConnection(tenant.state, connection);
      return { status: 202, body: { deleted_at: new Date(tenant.clock()).toISOString() } };
    },
  }),
];

function createConnection(state: Pick<TenantState, "clients" | "connections">, body: NewConnection): Connection {
  if (state.connections.find(({ name }) => name === body.name) !== undefined) {
    throw new ManagementError(409, "A connection with the same name already exists");
  }
  const { name, strategy, options = {}, enabled_clients = [], realms = [], ...fields } = body;
  checkOptions(options);
  checkCrossAppAccess(strategy, fields);
  checkClientsExist(state, enabled_clients);
  const ownRealms = realms.length === 0 ? [name] : realms;
  checkRealms(state, ownRealms);
  const id = newId.connection();
  return state.connections.set(id, {
    id,
    options: strategy === "auth0" ? { ...DATABASE_OPTIONS, ...options } : completeOptions(strategy, options, "created"),
    strategy,
    name,
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    enabled_clients,
    realms: ownRealms,
    ...planEnterprise(name, strategy),
    ...fields,
  });
}

function checkMayWriteOptions(body: Changes, scopes: ReadonlySet<string>): void {
  if (!Object.hasOwn(body, "options") || scopes.has(UPDATE_OPTIONS)) return;
  const message = `Insufficient scope, expected any of: ${UPDATE_OPTIONS}`;
  throw new ManagementError(403, message, "insufficient_scope");
}

/** A realm names one connection in the password-realm grant. */
function checkRealms(
  { connections }: Pick<TenantState, "connections">,
  realms: readonly string[],
  ownId?: string,
): void {
  const owner = connections.find(
    (candidate) => candidate.id !== ownId && candidate.realms.some((realm) => realms.includes(realm)),
  );
  if (owner !== undefined) {
    throw new ManagementError(409, 'There is already another connection with some realms from "realms" parameter');
  }
}

function matches(connection: Connection, query: Query): boolean {
  if (query.name !== undefined && connection.name !== query.name) return false;
  return !Array.isArray(query.strategy) || query.strategy.includes(connection.strategy);
}
