import { readFileSync } from "node:fs";
import type { LocalTenant, LocalTenantOptions } from "../../local/auth0/server.ts";
import type { Client, Connection, ResourceServer } from "../../local/auth0/state/resources.ts";
import type { User } from "../../local/auth0/state/user.ts";
import { createUser } from "../../local/auth0/users/create-user.ts";
import { createMovableClock, type MovableClock } from "../../local/clock.ts";
import { type Browser, createBrowser } from "../../local/http/browser.ts";
import { startTestTenant } from "./local-tenant.ts";
import { bindActions, handler, type TestAction } from "./tenant-with-actions.ts";

export const API = "https://api.example.com/";
export const CALLBACK = "http://localhost:3000/callback";
export const PASSWORD = "correct-horse-Battery-9";

/** A tenant with an API, an SPA and a database: what a login takes. Records are put there directly. */
export interface LoginTenant extends LocalTenant {
  readonly clock: MovableClock;
  readonly spa: Client;
  /** Confidential, with all grants. */
  readonly web: Client;
  readonly api: ResourceServer;
  readonly database: Connection;
  /** What the server has logged, oldest first. */
  readonly lines: readonly string[];
  browser(): Browser;
  /** Deploys and binds these Actions to post-login, and nothing else. A string is the body of `onExecutePostLogin`. */
  bind(...actions: readonly (string | TestAction)[]): void;
  addUser(email: string, fields?: Partial<User>): Promise<User>;
  setClient(client: Client): Client;
  setApi(api: ResourceServer): ResourceServer;
  setConnection(connection: Connection): Connection;
}

/** @param options with a `clock`, that is what the tenant's own goes by, until it is advanced */
export async function startLoginTenant(options: Partial<LocalTenantOptions> = {}): Promise<LoginTenant> {
  const clock = createMovableClock(options.clock);
  const lines: string[] = [];
  const tenant = await startTestTenant({ log: (line) => lines.push(line), ...options, clock: clock.now });
  const { state } = tenant.tenant;
  const ca = readFileSync(tenant.caFile, "utf8");
  const clients = ["spa", "web"].map((id) => `${id}${"0".repeat(32 - id.length)}`) as [string, string];

  const spa: Client = {
    client_id: clients[0],
    client_secret: "unused",
    name: "Test SPA",
    app_type: "spa",
    is_first_party: true,
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    callbacks: [CALLBACK],
    // As the developer of an application on this machine has it, whose silent logins come back to a loopback address.
    skip_non_verifiable_callback_uri_confirmation_prompt: true,
    web_origins: ["http://localhost:3000"],
    allowed_logout_urls: ["http://localhost:3000"],
    refresh_token: {
      rotation_type: "rotating",
      expiration_type: "expiring",
      leeway: 0,
      token_lifetime: 2_592_000,
      idle_token_lifetime: 1_296_000,
    },
  };
  const web: Client = {
    ...spa,
    client_id: clients[1],
    client_secret: "web-client-secret-of-the-tests",
    name: "Test web application",
    app_type: "regular_web",
    token_endpoint_auth_method: "client_secret_post",
    grant_types: [
      "authorization_code",
      "refresh_token",
      "client_credentials",
      "password",
      "http://auth0.com/oauth/grant-type/password-realm",
      "http://auth0.com/oauth/grant-type/passwordless/otp",
    ],
    refresh_token: { rotation_type: "non-rotating", expiration_type: "non-expiring" },
  };
  const api: ResourceServer = {
    id: "aaaaaaaaaaaaaaaaaaaaaaaa",
    name: "Test API",
    identifier: API,
    signing_alg: "RS256",
    token_lifetime: 7200,
    token_dialect: "access_token_authz",
    enforce_policies: true,
    allow_offline_access: true,
    skip_consent_for_verifiable_first_party_clients: true,
    scopes: ["get:users", "post:users", "get:orders"].map((value) => ({ value })),
  };
  const database: Connection = {
    id: "con_database00000000",
    name: "Username-Password-Authentication",
    strategy: "auth0",
    options: {},
    realms: ["Username-Password-Authentication"],
    enabled_clients: clients,
  };
  const setClient = (client: Client) => state.clients.set(client.client_id, client);
  const setApi = (record: ResourceServer) => state.resourceServers.set(record.id, record);
  const setConnection = (connection: Connection) => state.connections.set(connection.id, connection);
  setClient(spa);
  setClient(web);
  setApi(api);
  setConnection(database);

  return {
    ...tenant,
    clock,
    spa,
    web,
    api,
    database,
    lines,
    browser: () => createBrowser({ domain: tenant.domain, ca }),
    bind: (...actions) =>
      bindActions(
        tenant.tenant,
        "post-login",
        actions.map((action) => (typeof action === "string" ? handler(action) : action)),
      ),
    addUser: (email, fields = {}) => createUser(tenant.tenant, database, { email, password: PASSWORD, ...fields }),
    setClient,
    setApi,
    setConnection,
  };
}
