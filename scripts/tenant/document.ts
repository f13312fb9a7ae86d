import { HANDED_OVER_LISTS, HANDED_OVER_OBJECTS } from "./sections.ts";
import {
  flag,
  isMapping,
  listOf,
  mapOf,
  mapping,
  number,
  type Problem,
  type Shape,
  type TypeOf,
  text,
} from "./shape.ts";

const resourceServer = mapping(
  { name: text, identifier: text },
  {
    signing_alg: text,
    enforce_policies: flag,
    token_dialect: text,
    allow_offline_access: flag,
    scopes: listOf(mapping({ value: text }, { description: text })),
  },
);

const client = mapping(
  { name: text },
  {
    app_type: text,
    token_endpoint_auth_method: text,
    grant_types: listOf(text),
    callbacks: listOf(text),
    web_origins: listOf(text),
    allowed_logout_urls: listOf(text),
  },
);

/** `client_id` is a client's name: the Deploy CLI turns it into the id. A grant for all clients of a sort has `default_for` instead. */
const clientGrant = mapping(
  { audience: text },
  { client_id: text, default_for: text, scope: listOf(text), organization_usage: text, allow_any_organization: flag },
);

const role = mapping(
  { name: text },
  {
    description: text,
    permissions: listOf(mapping({ permission_name: text, resource_server_identifier: text }, {})),
  },
);

const action = mapping(
  { name: text, code: text, supported_triggers: listOf(mapping({ id: text, version: text }, {})) },
  {
    runtime: text,
    deployed: flag,
    dependencies: listOf(mapping({ name: text }, { version: text })),
    modules: listOf(mapping({ module_name: text, module_version_number: number }, {})),
    // Exports have no values: such a secret stays as the tenant has it.
    secrets: listOf(mapping({ name: text }, { value: text })),
  },
);

const database = mapping({ name: text }, { strategy: text, enabled_clients: listOf(text) });

/** Sections that the Deploy CLI reads and writes: what is in them is known by its own schema alone. */
const handedOver = {
  ...(Object.fromEntries(HANDED_OVER_LISTS.map((name) => [name, listOf(mapping({}, {}))])) as Record<
    (typeof HANDED_OVER_LISTS)[number],
    Shape<readonly Readonly<Record<string, unknown>>[]>
  >),
  ...(Object.fromEntries(HANDED_OVER_OBJECTS.map((name) => [name, mapping({}, {})])) as Record<
    (typeof HANDED_OVER_OBJECTS)[number],
    Shape<Readonly<Record<string, unknown>>>
  >),
};

/** The part of the Deploy CLI's YAML format that this project reads; everything else is carried along untouched. */
const tenantDocument = mapping(
  {},
  {
    tenant: mapping({}, {}),
    resourceServers: listOf(resourceServer),
    clients: listOf(client),
    clientGrants: listOf(clientGrant),
    roles: listOf(role),
    actions: listOf(action),
    triggers: mapOf(listOf(mapping({ action_name: text }, { display_name: text }))),
    databases: listOf(database),
    ...handedOver,
  },
);

export type TenantDocument = TypeOf<typeof tenantDocument>;
export type TenantResourceServer = TypeOf<typeof resourceServer>;
export type TenantClientGrant = TypeOf<typeof clientGrant>;
export type TenantRole = TypeOf<typeof role>;
export type TenantAction = TypeOf<typeof action>;
export type TenantDatabase = TypeOf<typeof database>;

export const findProblems = (value: unknown): readonly Problem[] => tenantDocument(value, []);

export function isTenantDocument(value: unknown): value is TenantDocument {
  return isMapping(value) && findProblems(value).length === 0;
}
