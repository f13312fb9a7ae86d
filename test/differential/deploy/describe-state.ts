import type { Tenant } from "../../../local/auth0/tenant.ts";
import { splitMarker } from "../../../scripts/deploy/kinds/action/marker.ts";

type Row = Readonly<Record<string, unknown>>;

/** They differ between two runs that did the same: numbers, dates, and what a deploy of ours writes behind the code. */
const MOVING = new Set(["id", "client_id", "updated_at", "created_at", "client_secret", "signing_keys", "realms"]);

/**
 * All that a tenant holds of the eight kinds, as flat `kind name.field` → JSON, so that two tenants are compared by keys. It is
 * read from the tenant's state, not through its API: secrets and what no answer shows are in it.
 */
export function describeState({ state }: Tenant): ReadonlyMap<string, string> {
  const clientName = (id: unknown) => state.clients.get(String(id))?.name ?? String(id);
  const actionName = (id: unknown) => state.actions.get(String(id))?.name ?? String(id);
  const rows: (readonly [string, Row])[] = [
    ...state.settings.values().map((settings) => ["tenant", settings] as const),
    ...state.resourceServers.values().map((api) => [`api ${api.identifier}`, rowOf(api)] as const),
    ...state.clients.values().map((client) => [`client ${client.name}`, rowOf(client)] as const),
    ...state.clientGrants.values().map((grant) => {
      const { client_id, ...fields } = rowOf(grant);
      return [`grant ${clientName(client_id)} ${fields.audience} ${fields.subject_type}`, fields] as const;
    }),
    ...state.roles.values().map((role) => [`role ${role.name}`, rowOf(role)] as const),
    ...state.connections.values().map((connection) => {
      const { enabled_clients, ...fields } = rowOf(connection);
      const names = Array.isArray(enabled_clients) ? enabled_clients.map(clientName) : enabled_clients;
      return [`connection ${fields.name}`, { ...fields, enabled_clients: names }] as const;
    }),
    ...state.actions.values().map((action) => {
      const version = state.actionVersions.get(action.version_ids.at(-1) ?? "");
      return [
        `action ${action.name}`,
        { triggers: action.supported_triggers, draft: contentOf(action.draft), live: contentOf(version) },
      ] as const;
    }),
    ...state.triggerBindings
      .values()
      .map(
        ({ trigger_id, bindings }) =>
          [
            `flow ${trigger_id}`,
            { order: bindings.map(({ action_id, display_name }) => [actionName(action_id), display_name]) },
          ] as const,
      ),
  ];
  return new Map(rows.flatMap(([name, row]) => flatten(name, row)));
}

/** Keys whose values differ, sorted. */
export function listDifferent(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].filter((key) => one.get(key) !== other.get(key)).sort();
}

function flatten(name: string, row: Row): readonly (readonly [string, string])[] {
  return Object.entries(row)
    .filter(([key, value]) => !MOVING.has(key) && value !== undefined)
    .flatMap(([key, value]) =>
      isRow(value) ? flatten(`${name}.${key}`, value) : [[`${name}.${key}`, JSON.stringify(sort(value))] as const],
    );
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists are sets, but for the order of a flow, whose rows are lists themselves. */
function sort(value: unknown): unknown {
  if (Array.isArray(value)) {
    const rows = value.map(sort);
    return rows.some(Array.isArray) ? rows : rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !MOVING.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sort(entry)]),
  );
}

function contentOf(content: object | undefined): unknown {
  if (content === undefined) return undefined;
  const { code, dependencies, runtime, secrets } = rowOf(content);
  const values = (Array.isArray(secrets) ? secrets : []).map(({ name, value }: Row) => ({ name, value }));
  return { code: splitMarker(String(code)).code, dependencies, runtime, secrets: values };
}

function rowOf(record: object): Row {
  return { ...record };
}
