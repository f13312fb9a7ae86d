/** With the characters that JSON, URLs and HTML write otherwise. */
export const plant = (what: string): string => `planted "${what}" of/30+bytes, & hidden`;

type Entry = Readonly<Record<string, unknown>>;

export interface PlantedSecrets {
  readonly type: string;
  readonly section: string;
  /** Entries of the section, each with secrets that one entry can have beside each other. */
  readonly entries: readonly Entry[];
  /** All values that stand in them. */
  readonly secrets: readonly string[];
}

const row = (
  type: string,
  section: string,
  secrets: readonly string[],
  ...entries: readonly Entry[]
): PlantedSecrets => ({
  type,
  section,
  entries,
  secrets: secrets.map(plant),
});
const credentials = (name: string, ...members: readonly string[]): Entry => ({
  name,
  credentials: Object.fromEntries(members.map((member) => [member, plant(member)])),
});
const sink = (type: string, member: string, rest: Entry = {}): Entry => ({
  name: type,
  type,
  sink: { ...rest, [member]: plant(member) },
});
const webhook = (authorization: Entry): Entry => ({
  name: String(authorization.method),
  destination: {
    type: "webhook",
    configuration: { webhook_endpoint: "https://hooks.example", webhook_authorization: authorization },
  },
});

/**
 * A secret in each member that the types of auth0 7.1 or Auth0's docs call one, but for kinds of entries that hold the same ones as
 * others: of social connections and add-ons there are a few each.
 */
export const PLANTED: readonly PlantedSecrets[] = [
  row("api", "resourceServers", ["signing_secret"], {
    name: "Ledger",
    identifier: "https://ledger.example/",
    signing_alg: "HS256",
    signing_secret: plant("signing_secret"),
  }),
  row("client", "clients", ["client_secret", "pub", "cert", "pem", "firebase key", "azure key", "wams key"], {
    name: "Reading room",
    client_secret: plant("client_secret"),
    encryption_key: { pub: plant("pub"), cert: plant("cert") },
    client_authentication_methods: {
      private_key_jwt: { credentials: [{ credential_type: "public_key", alg: "RS256", pem: plant("pem") }] },
    },
    addons: {
      firebase: { private_key: plant("firebase key") },
      azure_blob: { storageAccessKey: plant("azure key"), accountName: "shelf" },
      wams: { masterkey: plant("wams key") },
    },
  }),
  row("database", "databases", ["database key"], {
    name: "readers",
    options: { passwordPolicy: "good", configuration: { API_KEY: plant("database key") } },
  }),
  row("action-module", "actionModules", ["module secret"], {
    name: "rates",
    secrets: [{ name: "KEY", value: plant("module secret") }],
  }),
  row(
    "attack-protection",
    "attackProtection",
    ["arkose", "hcaptcha", "friendly", "v2", "enterprise key", "enterprise project"],
    {
      captcha: {
        arkose: { site_key: "shown", secret: plant("arkose") },
        hcaptcha: { site_key: "shown", secret: plant("hcaptcha") },
        friendly_captcha: { site_key: "shown", secret: plant("friendly") },
        recaptcha_v2: { site_key: "shown", secret: plant("v2") },
        recaptcha_enterprise: {
          site_key: "shown",
          api_key: plant("enterprise key"),
          project_id: plant("enterprise project"),
        },
      },
    },
  ),
  row(
    "connection",
    "connections",
    ["oidc", "apple", "twilio", "gateway", "admin", "refresh", "signing", "decryption", "custom"],
    { name: "oidc", strategy: "oidc", options: { client_id: "shown", client_secret: plant("oidc") } },
    { name: "apple", strategy: "apple", options: { app_secret: plant("apple") } },
    {
      name: "sms",
      strategy: "sms",
      options: {
        twilio_token: plant("twilio"),
        gateway_authentication: { method: "bearer", secret: plant("gateway"), audience: "shown" },
      },
    },
    {
      name: "google",
      strategy: "google-apps",
      options: { admin_access_token: plant("admin"), admin_refresh_token: plant("refresh") },
    },
    {
      name: "saml",
      strategy: "samlp",
      options: { signing_key: { key: plant("signing"), cert: "shown" }, decryptionKey: plant("decryption") },
    },
    { name: "other", strategy: "custom", options: { configuration: { KEY: plant("custom") } } },
  ),
  ...[
    credentials("sendgrid", "api_key"),
    credentials("ses", "accessKeyId", "secretAccessKey"),
    credentials("smtp", "smtp_user", "smtp_pass"),
    credentials("azure_cs", "connectionString"),
    credentials("ms365", "clientSecret"),
  ].map((entry) => row("email-provider", "emailProvider", Object.keys(entry.credentials as Entry), entry)),
  row("phone-provider", "phoneProviders", ["auth_token"], credentials("twilio", "auth_token")),
  row(
    "log-stream",
    "logStreams",
    [
      "httpAuthorization",
      "header",
      "splunkToken",
      "datadogApiKey",
      "mixpanelServiceAccountPassword",
      "segmentWriteKey",
      "sumoSourceAddress",
    ],
    sink("http", "httpAuthorization", { httpEndpoint: "https://logs.example" }),
    {
      name: "headers",
      type: "http",
      sink: { httpEndpoint: "https://logs.example", httpCustomHeaders: [{ header: "X-Key", value: plant("header") }] },
    },
    sink("splunk", "splunkToken", { splunkDomain: "logs.example", splunkPort: "8088", splunkSecure: true }),
    sink("datadog", "datadogApiKey", { datadogRegion: "eu" }),
    sink("mixpanel", "mixpanelServiceAccountPassword", {
      mixpanelRegion: "eu",
      mixpanelProjectId: "shelf",
      mixpanelServiceAccountUsername: "reader",
    }),
    sink("segment", "segmentWriteKey"),
    sink("sumo", "sumoSourceAddress"),
  ),
  row(
    "flow-vault-connection",
    "flowVaultConnections",
    ["bearer", "key", "public key", "user", "password"],
    { name: "Bearer", app_id: "HTTP", setup: { type: "BEARER", token: plant("bearer") } },
    {
      name: "Stripe",
      app_id: "STRIPE",
      setup: { type: "KEY_PAIR", private_key: plant("key"), public_key: plant("public key") },
    },
    {
      name: "Basic",
      app_id: "HTTP",
      setup: { type: "BASIC_AUTH", username: plant("user"), password: plant("password") },
    },
  ),
  row(
    "event-stream",
    "eventStreams",
    ["hook password", "hook token", "hook header"],
    webhook({ method: "basic", username: "shown", password: plant("hook password") }),
    webhook({ method: "bearer", token: plant("hook token") }),
    webhook({ method: "custom_header", header_key: "shown", header_value: plant("hook header") }),
  ),
];

/** What an Action is told in the open ("deny", an API's identifier) is a setting: only what the environment fills in is hidden. */
export const OF_THE_ENVIRONMENT: readonly string[] = ["action"];

/** Has nothing that Auth0 hides. */
export const WITHOUT_SECRETS: readonly string[] = [
  "tenant",
  "client-grant",
  "role",
  "page",
  "guardian-factor",
  "guardian-factor-template",
  "guardian-policies",
  "guardian-phone-provider",
  "guardian-phone-message-types",
  "risk-assessment",
  "custom-domain",
  "network-acl",
  "user-attribute-profile",
  "connection-profile",
  "rate-limit-policy",
  "theme",
  "self-service-profile",
  "phone-template",
  "token-exchange-profile",
  "email-template",
  "branding",
  "organization",
  "prompts",
  "forms-flow",
  "form",
  "supplemental-signals",
  "flow",
];

/** The section as tenant.yaml has it. */
export const sectionOf = ({ section, entries }: PlantedSecrets): unknown =>
  ["attackProtection", "emailProvider"].includes(section) ? entries[0] : entries;
