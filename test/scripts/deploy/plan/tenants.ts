import { createHash } from "node:crypto";
import type { LiveAction } from "../../../../scripts/deploy/kinds/action/live.ts";
import { markCode } from "../../../../scripts/deploy/kinds/action/marker.ts";
import type { Fields } from "../../../../scripts/deploy/kinds/live-record.ts";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { KINDS } from "../../../../scripts/deploy/kinds/table.ts";
import type { Desired, DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";

export const AUDIENCE = "https://api.example.com/";
const OWNER = "this-project";
export const SECRET_VALUE = "value-that-nobody-may-see";
const DEPLOYED_AT = "2026-03-01T10:00:00.000Z";

/** Stands in for the keyed digest: any function of names and values will do for planning. */
const digest: Desired["digestSecrets"] = (secrets) =>
  createHash("sha256").update(JSON.stringify(secrets)).digest("base64url");

export function action(name: string, change: Partial<DesiredAction> = {}): DesiredAction {
  return {
    name,
    code: `exports.onExecutePostLogin = async () => {\n  // ${name}\n};\n`,
    runtime: "node22",
    dependencies: [],
    secrets: [],
    triggers: [{ id: "post-login", version: "v3" }],
    ...change,
  };
}

export const ACTIONS = [
  action("first", { dependencies: [{ name: "stripe", version: "23.1.0" }] }),
  action("second", {
    secrets: [
      { name: "KEY", value: SECRET_VALUE },
      { name: "MODE", value: "deny" },
    ],
  }),
];

const api = {
  name: "API",
  identifier: AUDIENCE,
  enforce_policies: true,
  token_lifetime: 7200,
  scopes: [{ value: "get:users", description: "Read" }, { value: "post:users" }],
};

export function database(options: Readonly<Record<string, unknown>>) {
  return { name: "Users", strategy: "auth0", enabled_clients: ["SPA"], options };
}

export function desire(
  change: { document?: Partial<TenantDocument>; actions?: readonly DesiredAction[] } = {},
): Desired {
  const actions = change.actions ?? ACTIONS;
  return {
    document: {
      tenant: { friendly_name: "Example", session_lifetime: 168 },
      resourceServers: [api],
      clients: [{ name: "SPA", app_type: "spa", callbacks: ["https://a.example/", "https://b.example/"] }],
      clientGrants: [{ client_id: "SPA", audience: AUDIENCE, scope: ["get:users"] }],
      roles: [
        { name: "editor", description: "Edits", permissions: [permission("get:users"), permission("post:users")] },
      ],
      databases: [database({ disable_signup: false })],
      actions: actions.map(({ name }) => ({ name, code: `./dist/actions/${name}.js`, supported_triggers: [] })),
      triggers: { "post-login": actions.map(({ name }) => ({ action_name: name, display_name: name })) },
      ...change.document,
    },
    actions,
    owner: OWNER,
    writeSecrets: [],
    digestSecrets: digest,
  };
}

export function permission(permission_name: string) {
  return { permission_name, resource_server_identifier: AUDIENCE };
}

/** An Action as an earlier deploy of ours left it. */
export function deployed(
  { name, code, runtime = "node22", dependencies = [], secrets = [], triggers }: DesiredAction,
  number = 1,
): LiveAction {
  const content = {
    code: markCode(code, { owner: OWNER, secrets: digest(secrets), version: number }),
    runtime,
    dependencies,
    secrets: secrets.map((secret) => ({ name: secret.name, updatedAt: DEPLOYED_AT })),
  };
  return {
    id: `id-of-${name}`,
    name,
    triggers,
    draft: { ...content, status: "built" },
    live: { ...content, versionId: `version-of-${name}`, number, since: DEPLOYED_AT },
  };
}

/** Somebody else's Action. */
export function foreign(name: string): LiveAction {
  const content = {
    code: "exports.onExecutePostLogin = async () => {};",
    runtime: "node22",
    dependencies: [],
    secrets: [],
  };
  return {
    id: `id-of-${name}`,
    name,
    triggers: [{ id: "post-login", version: "v3" }],
    draft: { ...content, status: "built" },
    live: { ...content, versionId: `version-of-${name}`, number: 7, since: DEPLOYED_AT },
  };
}

export function bind(...names: readonly string[]): LiveTenant["flow"] {
  return [
    {
      id: "post-login",
      name: "post-login",
      isSystem: true,
      bindings: names.map((name) => ({
        id: `binding-of-${name}`,
        actionId: `id-of-${name}`,
        actionName: name,
        displayName: name,
      })),
    },
  ];
}

export function settings(fields: Fields): LiveTenant["tenant"] {
  return [{ id: "tenant", name: "settings", isSystem: true, fields }];
}

/** The tenant after `desire()` was deployed. */
export function deployedTenant(change: Partial<LiveTenant> = {}): LiveTenant {
  return {
    ...emptyTenant,
    tenant: settings({ friendly_name: "Example", session_lifetime: 168, sandbox_version: "22" }),
    api: [
      {
        id: "api-1",
        name: AUDIENCE,
        isSystem: false,
        fields: {
          name: "API",
          enforce_policies: true,
          token_lifetime: 7200,
          signing_alg: "RS256",
          scopes: [{ value: "post:users" }, { value: "get:users", description: "Read" }],
        },
      },
    ],
    client: [
      {
        id: "client-1",
        name: "SPA",
        fields: { app_type: "spa", callbacks: ["https://b.example/", "https://a.example/"], is_first_party: true },
      },
    ],
    "client-grant": [{ id: "grant-1", name: `SPA → ${AUDIENCE}`, fields: { scope: ["get:users"] } }],
    role: [
      {
        id: "role-1",
        name: "editor",
        fields: { description: "Edits" },
        permissions: [permission("post:users"), permission("get:users")],
      },
    ],
    database: [
      {
        id: "con-1",
        name: "Users",
        fields: { options: { disable_signup: false, brute_force_protection: true } },
        enabledClientIds: ["client-1"],
      },
    ],
    action: ACTIONS.map((entry) => deployed(entry)),
    flow: bind("first", "second"),
    ...change,
  };
}

/** Nothing of any kind but the settings that every tenant has. */
export const emptyTenant: LiveTenant = {
  ...(Object.fromEntries(KINDS.map(({ type }) => [type, []])) as unknown as LiveTenant),
  domain: "tenant.example",
  tenant: settings({}),
};
