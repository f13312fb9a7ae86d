import type { Event } from "@auth0/actions/post-login/v3";

/** When all tests of Actions take place. */
export const NOW = Date.parse("2026-11-20T12:00:00.000Z");
export const API_IDENTIFIER = "https://api.example.com/";
export const EMAIL = "ada@example.org";

type Section<Value> = Value extends object ? { [Key in keyof Value]?: Value[Key] | undefined } : Value;

/** Per section of the event what is different; undefined removes a member or a whole section. */
export type EventChanges = { [Key in keyof Event]?: Section<Event[Key]> | undefined };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const merge = (base: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...base, ...changes }).filter(([, value]) => value !== undefined));

/** An interactive login with a password: verified email, in the database since the day before, no roles. */
const buildDatabaseLogin = (): Event => ({
  authentication: { methods: [{ name: "pwd", timestamp: "2026-11-20T12:00:00.000Z" }] },
  authorization: { roles: [] },
  client: { client_id: "spa", name: "Example SPA", metadata: {} },
  configuration: {},
  connection: { id: "con_database", name: "Username-Password-Authentication", strategy: "auth0", metadata: {} },
  request: {
    ip: "127.0.0.1",
    method: "GET",
    hostname: "example.eu.auth0.com",
    user_agent: "test",
    query: { client_id: "spa", audience: API_IDENTIFIER, scope: "openid get:users delete:users" },
    body: {},
    geoip: {},
  },
  resource_server: { identifier: API_IDENTIFIER },
  secrets: {},
  session: { id: "session-1" },
  stats: { logins_count: 1 },
  tenant: { id: "example" },
  transaction: {
    id: "transaction-1",
    locale: "en",
    metadata: {},
    protocol: "oidc-basic-profile",
    requested_scopes: ["openid", "get:users", "delete:users"],
    response_type: ["code"],
  },
  user: {
    user_id: "auth0|ada",
    created_at: "2026-11-19T12:00:00.000Z",
    updated_at: "2026-11-20T12:00:00.000Z",
    email: EMAIL,
    email_verified: true,
    name: "Ada",
    app_metadata: {},
    user_metadata: {},
    identities: [
      { connection: "Username-Password-Authentication", isSocial: false, provider: "auth0", user_id: "ada" },
    ],
  },
});

/** What each kind of login has different from one with a password. */
const logins = {
  database: {},
  social: {
    connection: { id: "con_google", name: "google-oauth2", strategy: "google-oauth2" },
    user: { user_id: "google-oauth2|1", identities: [{ provider: "google-oauth2", user_id: "1", isSocial: true }] },
  },
  enterprise: {
    connection: { id: "con_corp", name: "corp", strategy: "samlp" },
    user: { user_id: "samlp|corp|ada", identities: [{ provider: "samlp", user_id: "corp|ada", isSocial: false }] },
  },
  "SMS without email": {
    connection: { id: "con_sms", name: "sms", strategy: "sms" },
    user: {
      user_id: "sms|1",
      email: undefined,
      email_verified: false,
      phone_number: "+15550100",
      phone_verified: true,
      identities: [{ provider: "sms", user_id: "1", isSocial: false }],
    },
  },
  "refresh exchange": {
    request: { method: "POST", query: {}, body: { grant_type: "refresh_token", client_id: "spa" } },
    refresh_token: { id: "rt_1", created_at: "2026-11-20T11:00:00.000Z" },
    transaction: { protocol: "oauth2-refresh-token", requested_scopes: undefined, id: undefined },
  },
  silent: {
    request: { query: { client_id: "spa", audience: API_IDENTIFIER, prompt: "none" } },
    transaction: { prompt: ["none"], response_mode: "web_message" },
  },
  "password grant": {
    request: { method: "POST", query: {}, body: { grant_type: "password", scope: "openid get:users delete:users" } },
    session: undefined,
    transaction: { protocol: "oauth2-password", requested_scopes: undefined, id: undefined },
  },
  device: { transaction: { protocol: "oauth2-device-code" } },
  organization: {
    organization: { id: "org_1", name: "acme", display_name: "Acme", metadata: {} },
    authorization: { roles: ["viewer"] },
  },
  "no audience": { resource_server: undefined },
} satisfies Record<string, EventChanges>;

export type LoginKind = keyof typeof logins;
export const loginKinds = Object.keys(logins) as LoginKind[];

/** The event of a login of that kind, with changes; later ones win. */
export const buildEvent = (kind: LoginKind = "database", ...changes: EventChanges[]): Event => {
  const event = buildDatabaseLogin();
  for (const change of [logins[kind], ...changes]) {
    for (const [key, value] of Object.entries(change)) {
      const section: unknown = Reflect.get(event, key);
      if (value === undefined) Reflect.deleteProperty(event, key);
      else Reflect.set(event, key, isRecord(value) ? merge(isRecord(section) ? section : {}, value) : value);
    }
  }
  return event;
};
