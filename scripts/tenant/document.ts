import { SECTIONS } from "./sections.ts";
import { flag, isMapping, listOf, mapOf, mapping, number, type Problem, type TypeOf, text } from "./shape.ts";

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

/** Sections of which this project reads members, across kinds; everything else is carried along untouched. */
const tenantDocument = mapping(
  {},
  {
    ...(Object.fromEntries(
      Object.entries(SECTIONS).map(([name, { isOneObject }]) => [
        name,
        isOneObject ? mapping({}, {}) : listOf(mapping({}, {})),
      ]),
    ) as object),
    tenant: mapping({}, {}),
    resourceServers: listOf(resourceServer),
    clients: listOf(client),
    clientGrants: listOf(clientGrant),
    roles: listOf(role),
    actions: listOf(action),
    triggers: mapOf(listOf(mapping({ action_name: text }, { display_name: text }))),
    databases: listOf(database),
  },
);

/** A section that is not named above is a list of mappings, or a mapping. */
export type TenantDocument = TypeOf<typeof tenantDocument> & Readonly<Record<string, unknown>>;
export type TenantResourceServer = TypeOf<typeof resourceServer>;
export type TenantClientGrant = TypeOf<typeof clientGrant>;
export type TenantRole = TypeOf<typeof role>;
export type TenantAction = TypeOf<typeof action>;
export type TenantDatabase = TypeOf<typeof database>;

export const findProblems = (value: unknown): readonly Problem[] => tenantDocument(value, []);

export function isTenantDocument(value: unknown): value is TenantDocument {
  return isMapping(value) && findProblems(value).length === 0;
}
