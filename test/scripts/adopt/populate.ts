import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { call, managementToken } from "../../support/local-tenant.ts";

const everyKind = join(import.meta.dirname, "../../support/every-kind/tenant.yaml");

type Body = Readonly<Record<string, unknown>>;

/** Sends one request to the Management API and answers the body. Throws when it is refused. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

export async function createSend(tenant: LocalTenant): Promise<Send> {
  const token = await managementToken(tenant);
  return async (method, path, body) => {
    const answer = await call(tenant, `/api/v2${path}`, { method, token, ...(body !== undefined && { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, unknown>;
  };
}

/** One entry of every kind that the Deploy CLI handles, by `a0deploy import` itself. */
export async function importEveryKind(tenant: LocalTenant): Promise<void> {
  await runDeployCli(tenant, "import", everyKind);
}

export async function runDeployCli(tenant: LocalTenant, ...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../support/deploy-cli.cjs"), ...args], {
    env: {
      PATH: process.env.PATH,
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      NODE_EXTRA_CA_CERTS: tenant.caFile,
      KEYWORDS: JSON.stringify({ GREETING_VALUE: "example-only" }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, "close")) as [number];
  if (code !== 0) throw new Error(`a0deploy ${args.join(" ")}: ${code}\n${output}`);
}

interface ActionRow {
  readonly name: string;
  readonly trigger: readonly [id: string, version: string];
  readonly code: string;
  readonly runtime: string;
  readonly more?: Body;
  /** Not deployed: a draft. */
  readonly isDraft?: true;
  /** The runtime that it was made with; Auth0 gives it to no Action any more. */
  readonly formerRuntime?: string;
}

const handler = (name: string, body: string) => `exports.${name} = async (event, api) => {\n${body}\n};\n`;

/** One that does nothing. */
const idle = (name: string, trigger: ActionRow["trigger"], handles: string, runtime = "node22"): ActionRow => ({
  name,
  trigger,
  code: handler(handles, "  return;"),
  runtime,
});

/** Written by many hands over the years: CommonJS, other line ends, no line end at all, signs of every sort in names. */
export const ACTIONS: readonly ActionRow[] = [
  {
    name: "Add Email Claim",
    trigger: ["post-login", "v3"],
    code: handler(
      "onExecutePostLogin",
      '  api.accessToken.setCustomClaim("https://shop.example/email", event.user.email);',
    ),
    runtime: "node22",
  },
  {
    name: "Legacy rule: roles (2019)",
    trigger: ["post-login", "v2"],
    code: "const stripe = require('stripe');\r\n\r\nexports.onExecutePostLogin = async function (event, api) {\r\n  if (event.secrets.LEGACY_KEY) return;\r\n};\r\n",
    runtime: "node18",
    more: {
      dependencies: [{ name: "stripe", version: "23.1.0" }],
      secrets: [
        { name: "LEGACY_KEY", value: "legacy-key-that-is-searched-for" },
        { name: "API_URL", value: "https://api-url-that-is-searched-for.example/" },
      ],
    },
  },
  {
    name: "legacy-rule-roles-2019",
    trigger: ["post-login", "v3"],
    code: "module.exports.onExecutePostLogin = async (event, api) => { /* no line end */ }",
    runtime: "node18-actions",
  },
  {
    name: "Grüße & Küsse",
    trigger: ["post-login", "v3"],
    code: handler("onExecutePostLogin", '  console.log("Grüße: ✓");\n'),
    runtime: "node22",
  },
  {
    name: "Machine claims",
    trigger: ["credentials-exchange", "v2"],
    code: handler("onExecuteCredentialsExchange", '  api.accessToken.setCustomClaim("https://shop.example/m", true);'),
    runtime: "node22",
    more: { secrets: [{ name: "API_URL", value: "https://other-url-that-is-searched-for.example/" }] },
  },
  idle("Old machine claims", ["credentials-exchange", "v1"], "onExecuteCredentialsExchange"),
  {
    name: "Deny throw-away mail",
    trigger: ["pre-user-registration", "v2"],
    code: handler(
      "onExecutePreUserRegistration",
      '  if (/@mailinator/.test(event.user.email)) api.access.deny("no", "No.");',
    ),
    runtime: "node22",
  },
  idle("Tell the CRM", ["post-user-registration", "v2"], "onExecutePostUserRegistration", "node18-actions"),
  idle("Mail on change", ["post-change-password", "v1"], "onExecutePostChangePassword"),
  idle("Text by our gateway", ["send-phone-message", "v2"], "onExecuteSendPhoneMessage"),
  {
    name: "Of 2020",
    trigger: ["post-login", "v3"],
    code: "exports.onExecutePostLogin = async (event, api) => {};\n\n\n",
    runtime: "node22",
    formerRuntime: "node12",
  },
  {
    name: "Unfinished",
    trigger: ["post-login", "v3"],
    code: handler("onExecutePostLogin", "  // to be continued"),
    runtime: "node22",
    isDraft: true,
  },
  idle("Nobody binds me", ["post-login", "v3"], "onExecutePostLogin"),
];

/** Display names differ from names, and the order is not that of creation. */
const FLOWS: Readonly<Record<string, readonly (readonly [action: string, displayName: string])[]>> = {
  "post-login": [
    ["Legacy rule: roles (2019)", "Roles"],
    ["Add Email Claim", "Add Email Claim"],
    ["legacy-rule-roles-2019", "legacy-rule-roles-2019"],
    ["Grüße & Küsse", "Grüße"],
  ],
  "credentials-exchange": [["Machine claims", "Machine claims"]],
  "pre-user-registration": [["Deny throw-away mail", "Deny throw-away mail"]],
  "post-user-registration": [["Tell the CRM", "Tell the CRM"]],
  "post-change-password": [["Mail on change", "Mail on change"]],
};

export async function makeActions(send: Send, { tenant }: LocalTenant): Promise<void> {
  const ids = new Map<string, string>();
  for (const row of ACTIONS) {
    const id = await makeAction(send, row);
    ids.set(row.name, id);
    if (row.formerRuntime !== undefined) setRuntime(tenant, id, row.formerRuntime);
  }
  for (const [trigger, bindings] of Object.entries(FLOWS)) {
    await send("PATCH", `/actions/triggers/${trigger}/bindings`, {
      bindings: bindings.map(([name, display_name]) => ({
        ref: { type: "action_id", value: ids.get(name) },
        display_name,
      })),
    });
  }
}

/** Made, built and deployed. Answers its id. */
export async function makeAction(
  send: Send,
  { name, trigger, code, runtime, more, isDraft }: ActionRow,
): Promise<string> {
  const [id, version] = trigger;
  const made = await send("POST", "/actions/actions", {
    name,
    code,
    runtime,
    supported_triggers: [{ id, version }],
    ...more,
  });
  if (isDraft) return String(made.id);

  await awaitBuilt(send, String(made.id));
  await send("POST", `/actions/actions/${made.id}/deploy`);
  return String(made.id);
}

/** As if it had been deployed years ago. */
function setRuntime({ state }: LocalTenant["tenant"], id: string, runtime: string): void {
  const action = state.actions.get(id);
  if (action === undefined) throw new Error(`there is no Action ${id}`);
  state.actions.set(id, { ...action, draft: { ...action.draft, runtime } });
  for (const version of state.actionVersions.filter(({ action_id }) => action_id === id)) {
    state.actionVersions.set(version.id, { ...version, runtime });
  }
}

export async function awaitBuilt(send: Send, id: string): Promise<void> {
  for (;;) {
    const { status } = await send("GET", `/actions/actions/${id}`);
    if (status === "built") return;
    if (status === "failed") throw new Error(`${id} was not built`);
    await sleep(20);
  }
}

const KINDS_OF_CLIENTS = ["spa", "regular_web", "native", "non_interactive"];

/** Of a shop that has been there for years: more than a page of nothing, and something of everything. */
export async function makeResources(send: Send): Promise<void> {
  const ids = new Map<string, string>();
  for (let number = 1; number <= 30; number += 1) {
    const name = `Client ${number}${number % 7 === 0 ? ": partner's app #" : ""}`;
    const { client_id } = await send("POST", "/clients", {
      name,
      app_type: KINDS_OF_CLIENTS[number % 4],
      description: `The ${number}. client`,
      ...(number % 4 === 3
        ? { grant_types: ["client_credentials"], token_endpoint_auth_method: "client_secret_post" }
        : { callbacks: [`https://app${number}.example/cb`], grant_types: ["authorization_code", "refresh_token"] }),
      client_metadata: { team: `team-${number % 3}` },
      ...(number === 5 && { custom_login_page: "<html>\n  <b>Log in</b>\n</html>\n", custom_login_page_on: true }),
    });
    ids.set(name, String(client_id));
  }
  await send("POST", "/resource-servers", {
    name: "Orders: the API",
    identifier: "urn:orders-api",
    scopes: Array.from({ length: 25 }, (_, index) => ({
      value: `read:thing-${index}`,
      description: `Read "${index}"`,
    })),
    token_lifetime: 7200,
    enforce_policies: true,
    token_dialect: "access_token_authz",
  });
  await send("POST", "/resource-servers", { name: "Second", identifier: "https://second.example/", scopes: [] });
  for (let number = 0; number < 20; number += 1) {
    const { id } = await send("POST", "/roles", { name: `role ${number}`, description: `Does no. ${number}` });
    if (number % 5 === 0) continue;
    await send("POST", `/roles/${id}/permissions`, {
      permissions: Array.from({ length: number }, (_, index) => ({
        permission_name: `read:thing-${index}`,
        resource_server_identifier: "urn:orders-api",
      })),
    });
  }
  await send("POST", "/client-grants", {
    client_id: ids.get("Client 3"),
    audience: "urn:orders-api",
    scope: ["read:thing-1", "read:thing-2"],
  });
  const connections = [
    {
      name: "google-oauth2",
      strategy: "google-oauth2",
      options: {
        client_id: "google-id",
        client_secret: "google-secret-that-is-searched-for",
        scope: ["email", "profile"],
      },
    },
    {
      name: "corp-saml",
      strategy: "samlp",
      options: { signInEndpoint: "https://idp.corp.example/sso", signatureAlgorithm: "rsa-sha256", debug: false },
    },
    {
      name: "corp-oidc",
      strategy: "oidc",
      options: {
        type: "back_channel",
        client_id: "corp-id",
        client_secret: "corp-secret-that-is-searched-for",
        discovery_url: "https://idp.corp.example/.well-known/openid-configuration",
        scope: "openid email",
      },
    },
  ];
  for (const body of connections) {
    const { id } = await send("POST", "/connections", body);
    ids.set(body.name, String(id));
    await send("PATCH", `/connections/${id}/clients`, [{ client_id: ids.get("Client 1"), status: true }]);
  }
  const { id: legacy } = await send("POST", "/connections", {
    name: "Legacy-Users",
    strategy: "auth0",
    options: {
      enabledDatabaseCustomization: true,
      import_mode: true,
      customScripts: {
        login: 'function login(email, password, callback) {\n  callback(null, { user_id: "1" });\n}\n',
        get_user: "function getByEmail(email, callback) {\r\n  callback(null);\r\n}",
      },
      configuration: { DB_URL: "postgres://database-url-that-is-searched-for" },
      passwordPolicy: "excellent",
      password_history: { enable: true, size: 5 },
    },
  });
  await send("PATCH", `/connections/${legacy}/clients`, [
    { client_id: ids.get("Client 1"), status: true },
    { client_id: ids.get("Client 2"), status: true },
  ]);
  for (const name of ["acme", "globex"]) {
    const { id } = await send("POST", "/organizations", {
      name,
      display_name: `${name} Inc.`,
      metadata: { plan: "gold" },
      branding: { colors: { primary: "#ff0000", page_background: "#ffffff" } },
    });
    await send("POST", `/organizations/${id}/enabled_connections`, {
      connection_id: ids.get("corp-oidc"),
      assign_membership_on_login: true,
    });
  }
  await send("PATCH", "/tenants/settings", {
    friendly_name: "The shop",
    support_email: "help@shop.example",
    session_lifetime: 100,
    idle_session_lifetime_in_minutes: 181,
    flags: { revoke_refresh_token_grant: true },
    enabled_locales: ["en", "de"],
  });
  await send("PATCH", "/attack-protection/brute-force-protection", {
    enabled: true,
    max_attempts: 7,
    mode: "count_per_identifier",
  });
  await send("PATCH", "/attack-protection/suspicious-ip-throttling", { enabled: false });
}
