import type { BuiltAction } from "../build/build-project.ts";
import { splitMarker } from "../deploy/kinds/action/marker.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import { findActionDeviations, findFlowDeviations } from "../deploy/verify.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { compareSets } from "./compare.ts";
import type { InventoryRow } from "./row.ts";

/** The part of a deployment that is looked at. */
export interface Deployed {
  /** tenant.yaml with its keywords filled. */
  readonly document: TenantDocument;
  readonly live: LiveTenant;
  readonly build: {
    readonly actions: readonly Pick<BuiltAction, "name" | "code" | "secrets" | "dependencies">[];
  };
}

/** Pure. Everything that tenant.yaml names, as a fresh tenant holds it after the deploy, each compared with tenant.yaml. */
export function listInventory({ document, build, live }: Deployed): readonly InventoryRow[] {
  return [
    ...(document.resourceServers ?? []).map((api) => checkApi(api, live)),
    ...(document.clients ?? []).map((client) => checkApplication(client, live)),
    ...(document.clientGrants ?? []).map((grant) => checkGrant(grant, live)),
    ...(document.roles ?? []).map((role) => checkRole(role, live)),
    ...(document.databases ?? []).map((database) => checkDatabase(database, live)),
    ...build.actions.map((action) => checkAction(action, live)),
    ...Object.keys(document.triggers ?? {}).map((trigger) => checkFlow(trigger, document.triggers, live)),
  ];
}

type Item<K extends keyof TenantDocument> = NonNullable<TenantDocument[K]> extends readonly (infer T)[] ? T : never;

function checkApi(api: Item<"resourceServers">, live: LiveTenant): InventoryRow {
  const { fields = {} } = live.api.find(({ name }) => name === api.identifier) ?? {};
  const scopes = listTexts(fields.scopes, "value");
  const wanted = (api.scopes ?? []).map(({ value }) => value);
  return {
    section: "apis",
    name: api.identifier,
    facts: {
      signing: String(fields.signing_alg ?? "-"),
      rbac: fields.enforce_policies === true,
      dialect: String(fields.token_dialect ?? "-"),
      scopes,
    },
    problems: [
      ...compareSets("scopes", scopes, wanted),
      ...compareValues("signing", fields.signing_alg, api.signing_alg),
      ...compareValues("RBAC", fields.enforce_policies, api.enforce_policies),
      ...compareValues("dialect", fields.token_dialect, api.token_dialect),
    ],
  };
}

function checkApplication(client: Item<"clients">, live: LiveTenant): InventoryRow {
  const found = live.client.filter(({ name }) => name === client.name);
  const fields = found[0]?.fields ?? {};
  const grantTypes = listTexts(fields.grant_types);
  const callbacks = listTexts(fields.callbacks);
  return {
    section: "applications",
    name: client.name,
    facts: {
      type: String(fields.app_type ?? "-"),
      authentication: String(fields.token_endpoint_auth_method ?? "-"),
      grants: grantTypes,
      callbacks,
    },
    problems: [
      ...compareValues("number of applications of that name", found.length, 1),
      ...compareValues("type", fields.app_type, client.app_type),
      ...compareValues("authentication", fields.token_endpoint_auth_method, client.token_endpoint_auth_method),
      ...compareSets("grant types", grantTypes, client.grant_types),
      ...compareSets("callbacks", callbacks, client.callbacks),
    ],
  };
}

function checkGrant(grant: Item<"clientGrants">, live: LiveTenant): InventoryRow {
  const found = live["client-grant"].filter(({ name }) => name === `${grant.client_id} → ${grant.audience}`);
  const scopes = listTexts(found[0]?.fields.scope);
  return {
    section: "grants",
    name: grant.client_id,
    facts: { audience: found[0] === undefined ? "-" : grant.audience, scopes },
    problems: [...compareValues("number of grants", found.length, 1), ...compareSets("scopes", scopes, grant.scope)],
  };
}

function checkRole(role: Item<"roles">, live: LiveTenant): InventoryRow {
  const found = live.role.find(({ name }) => name === role.name)?.permissions ?? [];
  const wanted = role.permissions ?? [];
  const key = (permission: (typeof wanted)[number]) =>
    `${permission.permission_name} of ${permission.resource_server_identifier}`;
  return {
    section: "roles",
    name: role.name,
    facts: { permissions: found.map(({ permission_name: name }) => name) },
    problems: compareSets("permissions", found.map(key), wanted.map(key)),
  };
}

function checkDatabase(database: Item<"databases">, live: LiveTenant): InventoryRow {
  const ids = live.database.find(({ name }) => name === database.name)?.enabledClientIds ?? [];
  const clients = ids.map((id) => live.client.find((client) => client.id === id)?.name ?? id);
  return {
    section: "databases",
    name: database.name,
    facts: { clients },
    problems: compareSets("enabled clients", clients, database.enabled_clients),
  };
}

function checkAction(action: Deployed["build"]["actions"][number], live: LiveTenant): InventoryRow {
  const found = live.action.find(({ name }) => name === action.name);
  const secrets = (found?.live?.secrets ?? []).map(({ name }) => name);
  const dependencies = (found?.live?.dependencies ?? []).map(({ name, version }) => `${name}@${version}`);
  return {
    section: "actions",
    name: action.name,
    facts: {
      built: found?.draft.status === "built",
      deployed: found?.live !== undefined,
      version: found?.live?.number ?? 0,
      bytes: Buffer.byteLength(splitMarker(found?.live?.code ?? "").code),
      dependencies,
      secrets,
    },
    problems: [
      ...findActionDeviations(action, live),
      // Another number on a fresh tenant would mean that something was written twice.
      ...compareValues("version", found?.live?.number, 1),
      ...compareSets("secrets", secrets, action.secrets),
      ...compareSets("dependencies", dependencies, action.dependencies),
    ],
  };
}

function checkFlow(trigger: string, triggers: TenantDocument["triggers"], live: LiveTenant): InventoryRow {
  return {
    section: "flows",
    name: trigger,
    facts: {
      order: (live.flow.find(({ name }) => name === trigger)?.bindings ?? []).map(({ actionName }) => actionName),
    },
    problems: findFlowDeviations(trigger, triggers, live),
  };
}

/** What tenant.yaml does not say is the tenant's to choose. */
function compareValues(what: string, found: unknown, wanted: unknown): readonly string[] {
  return wanted === undefined || found === wanted ? [] : [`${what}: ${found ?? "nothing"} instead of ${wanted}`];
}

function listTexts(value: unknown, key?: string): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => String(key === undefined ? item : (item as Record<string, unknown>)[key]));
}
