import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LIST_KINDS } from "../../../../local/auth0/management/plain-records/list-kinds.ts";
import { SETTING_KINDS } from "../../../../local/auth0/management/plain-records/setting-kinds.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { type Answer, call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { takeRsaKeyPair } from "../../../support/rsa-key-pair.ts";

type Body = Readonly<Record<string, unknown>>;

/** A kind of record: what creates one, a change to it, what a list wraps its rows in, and what answers never show. */
interface ListSample {
  readonly path: string;
  readonly envelope?: string;
  readonly paging: "page" | "checkpoint" | "none" | "no list";
  readonly id?: string;
  readonly idForm: RegExp;
  readonly created?: number;
  readonly create: Body;
  readonly change: Body;
  readonly secret?: string;
  readonly undeletable?: true;
}

const SECRET = "a-value-that-is-searched-for";
const THEME = {
  borders: {
    button_border_radius: 3,
    button_border_weight: 1,
    buttons_style: "rounded",
    input_border_radius: 3,
    input_border_weight: 1,
    inputs_style: "rounded",
    show_widget_shadow: true,
    widget_border_weight: 0,
    widget_corner_radius: 5,
  },
  colors: Object.fromEntries(
    [
      "body_text",
      "error",
      "header",
      "icons",
      "input_background",
      "input_border",
      "input_filled_text",
      "input_labels_placeholders",
      "links_focused_components",
      "primary_button",
      "primary_button_label",
      "secondary_button_border",
      "secondary_button_label",
      "success",
      "widget_background",
      "widget_border",
    ].map((name) => [name, "#000000"]),
  ),
  fonts: {
    ...Object.fromEntries(
      ["body_text", "buttons_text", "input_labels", "links", "subtitle", "title"].map((name) => [
        name,
        { bold: false, size: 100 },
      ]),
    ),
    font_url: "",
    links_style: "normal",
    reference_text_size: 16,
  },
  page_background: { background_color: "#000000", background_image_url: "", page_layout: "center" },
  widget: {
    header_text_alignment: "center",
    logo_height: 52,
    logo_position: "center",
    logo_url: "",
    social_buttons_layout: "bottom",
  },
};

/** Whose second deletion is a 404 in the recordings of go-auth0, 2022 to 2026. */
const DELETED_ONCE = new Set([
  "/hooks",
  "/network-acls",
  "/flows/vault/connections",
  "/flows",
  "/forms",
  "/branding/phone/providers",
  "/branding/phone/templates",
  "/branding/themes",
]);

/** Envelopes, statuses and forms of ids: the public recordings of auth0-deploy-cli; the rest: the types of auth0 7.1. */
const LISTS: readonly ListSample[] = [
  {
    path: "/rules",
    envelope: "rules",
    paging: "page",
    idForm: /^rul_\w{16}$/,
    create: { name: "old", script: "function f() {}" },
    change: { enabled: false },
  },
  {
    path: "/hooks",
    envelope: "hooks",
    paging: "page",
    idForm: /^\w{16}$/,
    create: { name: "old", script: "module.exports = () => {};", triggerId: "credentials-exchange" },
    change: { enabled: true },
  },
  {
    path: "/network-acls",
    envelope: "network_acls",
    paging: "page",
    idForm: /^acl_\w{22}$/,
    create: {
      description: "Block one country",
      active: true,
      priority: 1,
      rule: { action: { block: true }, match: { geo_country_codes: ["AQ"] }, scope: "tenant" },
    },
    change: { active: false },
  },
  {
    path: "/user-attribute-profiles",
    envelope: "user_attribute_profiles",
    paging: "checkpoint",
    idForm: /^uap_\w{22}$/,
    create: {
      name: "Staff",
      user_attributes: {
        email: { description: "Mail", label: "Mail", profile_required: true, auth0_mapping: "email" },
      },
    },
    change: { name: "People" },
  },
  {
    path: "/connection-profiles",
    envelope: "connection_profiles",
    paging: "checkpoint",
    idForm: /^cop_\w{22}$/,
    create: { name: "Partner", enabled_features: ["scim"] },
    change: { enabled_features: [] },
  },
  {
    path: "/rate-limit-policies",
    envelope: "rate_limit_policies",
    paging: "checkpoint",
    idForm: /^rlp_\w{21}$/,
    create: {
      resource: "oauth_authentication_api",
      consumer: "client",
      consumer_selector: "third_party_clients",
      configuration: { action: "allow" },
    },
    change: { configuration: { action: "log", limit: 10 } },
  },
  {
    path: "/custom-domains",
    paging: "none",
    id: "custom_domain_id",
    idForm: /^cd_\w{16}$/,
    create: { domain: "login.example.com", type: "auth0_managed_certs" },
    change: { tls_policy: "recommended" },
  },
  {
    path: "/self-service-profiles",
    envelope: "self_service_profiles",
    paging: "page",
    idForm: /^ssp_\w{22}$/,
    create: { name: "Partner SSO", allowed_strategies: ["oidc"] },
    change: { description: "For partners" },
  },
  {
    path: "/token-exchange-profiles",
    envelope: "token_exchange_profiles",
    paging: "checkpoint",
    idForm: /^tep_\w{16}$/,
    create: {
      name: "Legacy",
      subject_token_type: "urn:example:legacy",
      action_id: "an-action",
      type: "custom_authentication",
    },
    change: { name: "Former" },
  },
  {
    path: "/log-streams",
    paging: "none",
    idForm: /^lst_\w{16}$/,
    created: 200,
    create: { name: "Audit", type: "http", sink: { httpEndpoint: "https://logs.example.com/" } },
    change: { status: "paused" },
  },
  {
    path: "/flows/vault/connections",
    envelope: "connections",
    paging: "page",
    idForm: /^ac_\w{22}$/,
    create: { name: "Billing", app_id: "HTTP", setup: { type: "BEARER", token: SECRET } },
    change: { name: "Invoices" },
    secret: SECRET,
  },
  {
    path: "/flows",
    envelope: "flows",
    paging: "page",
    idForm: /^af_\w{22}$/,
    create: { name: "Check" },
    change: { name: "Check again" },
  },
  {
    path: "/forms",
    envelope: "forms",
    paging: "page",
    idForm: /^ap_\w{22}$/,
    create: { name: "Ask", languages: { primary: "en" } },
    change: { name: "Ask again" },
  },
  {
    path: "/event-streams",
    envelope: "eventStreams",
    paging: "checkpoint",
    idForm: /^est_\w{22}$/,
    create: {
      name: "Users",
      subscriptions: [{ event_type: "user.created" }],
      destination: {
        type: "webhook",
        configuration: {
          webhook_endpoint: "https://hooks.example.com/",
          webhook_authorization: { method: "bearer", token: SECRET },
        },
      },
    },
    change: { status: "disabled" },
    secret: SECRET,
  },
  {
    path: "/branding/phone/providers",
    envelope: "providers",
    paging: "none",
    idForm: /^pro_\w{22}$/,
    create: {
      name: "twilio",
      configuration: { sid: "AC00", delivery_methods: ["text"], default_from: "+15550100" },
      credentials: { auth_token: SECRET },
    },
    change: { disabled: true },
    secret: SECRET,
  },
  {
    path: "/branding/phone/templates",
    envelope: "templates",
    paging: "none",
    idForm: /^tem_\w{22}$/,
    create: { type: "otp_verify", content: { syntax: "liquid", body: { text: "Code", voice: "Code" } } },
    change: { content: { body: { text: "Your code" } } },
  },
  {
    path: "/branding/themes",
    paging: "no list",
    id: "themeId",
    idForm: /^\w{16}$/,
    created: 200,
    create: THEME,
    change: { ...THEME, displayName: "Dark" },
  },
  {
    path: "/email-templates",
    paging: "no list",
    id: "template",
    idForm: /^verify_email$/,
    created: 200,
    create: {
      template: "verify_email",
      body: "<p>Hello</p>",
      from: "no-reply@example.com",
      subject: "Verify",
      syntax: "liquid",
      enabled: true,
    },
    change: { enabled: false },
    undeletable: true,
  },
];

let tenant: LocalTenant;
let token: string;
beforeAll(async () => {
  tenant = await startTestTenant();
  token = await managementToken(tenant);
});
afterAll(() => tenant.close());

function send(method: string, path: string, body?: unknown): Promise<Answer> {
  return call(tenant, `/api/v2${path}`, { method, token, ...(body !== undefined && { body }) });
}

describe.each(LISTS)("records at $path", (sample) => {
  const { path, envelope, paging, id: idField = "id", create, change, secret } = sample;
  let id: string;

  test("are created with an id of Auth0's form and read back by it", async () => {
    const made = await send("POST", path, create);
    expect(made.status).toBe(sample.created ?? 201);
    id = String((made.body as Body)[idField]);
    expect(id).toMatch(sample.idForm);
    const read = await send("GET", `${path}/${id}`);
    expect(read).toMatchObject({ status: 200, body: { [idField]: id } });
    if (secret === undefined) expect(read.body).toMatchObject(create);
    else expect(JSON.stringify([made.body, read.body])).not.toContain(secret);
  });

  test("are listed as Auth0 wraps them", async () => {
    const list = await send("GET", path);
    if (paging === "no list") return expect(list.status).toBe(404);
    const rows = envelope !== undefined && paging !== "page" ? (list.body as Body)[envelope] : list.body;
    expect(rows).toEqual([expect.objectContaining({ [idField]: id })]);
    if (secret !== undefined) expect(JSON.stringify(list.body)).not.toContain(secret);
    if (paging !== "page" || envelope === undefined) return;
    const second = await send("GET", `${path}?page=1&per_page=1&include_totals=true`);
    expect(second.body).toEqual({ start: 1, limit: 1, total: 1, [envelope]: [] });
  });

  test("take a change, and keep what it does not name", async () => {
    const before = (await send("GET", `${path}/${id}`)).body as Body;
    const changed = await send("PATCH", `${path}/${id}`, change);
    expect(changed).toMatchObject({ status: 200, body: change });
    const { updated_at: _then, ...kept } = before;
    const after = (await send("GET", `${path}/${id}`)).body as Body;
    expect(after).toMatchObject({ ...withoutNamed(kept, change), ...change });
  });

  test("refuse a member that Auth0 does not know, and one of another type", async () => {
    expect(await send("POST", path, { ...create, nonsense: 1 })).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body", message: expect.stringMatching(/^Payload validation error: '/) },
    });
    expect(await send("PATCH", `${path}/${id}`, { nonsense: 1 })).toMatchObject({ status: 400 });
    expect(await send("POST", path, "[]")).toMatchObject({ status: 400 });
  });

  test("are not there under another id", async () => {
    const other = `${path}/${id.slice(0, -1)}`;
    expect(await send("GET", other)).toMatchObject({ status: 404, body: { statusCode: 404 } });
    expect(await send("PATCH", other, change)).toMatchObject({ status: 404 });
  });

  test("are gone when they were deleted, and can be deleted again where that was recorded", async () => {
    if (sample.undeletable) return expect((await send("DELETE", `${path}/${id}`)).status).toBe(404);
    const status = path === "/network-acls" ? 200 : 204;
    expect(await send("DELETE", `${path}/${id}`)).toMatchObject({ status });
    expect(await send("DELETE", `${path}/${id}`)).toMatchObject({ status: DELETED_ONCE.has(path) ? 404 : status });
    expect(await send("GET", `${path}/${id}`)).toMatchObject({ status: 404 });
  });
});

function withoutNamed(record: Body, change: Body): Body {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !(name in change)));
}

test("two records cannot share what tells them apart", async () => {
  const { path, create } = LISTS.find((sample) => sample.path === "/network-acls")!;
  expect(await send("POST", path, create)).toMatchObject({ status: 201 });
  expect(await send("POST", path, create)).toMatchObject({ status: 409 });
  expect(await send("POST", path, { ...create, priority: 2 })).toMatchObject({ status: 201 });
});

/** What is answered before anything is written, a change, and what is answered then. Recorded, but for the last five. */
const SETTINGS: readonly [path: string, initial: unknown, method: string, change: unknown, after: unknown][] = [
  [
    "/attack-protection/suspicious-ip-throttling",
    { enabled: true, shields: ["admin_notification", "block"], allowlist: [] },
    "PATCH",
    { shields: ["block"], stage: { "pre-login": { max_attempts: 66, rate: 864_000 } } },
    {
      shields: ["block"],
      stage: {
        "pre-login": { max_attempts: 66, rate: 864_000 },
        "pre-user-registration": { max_attempts: 50, rate: 1200 },
        "pre-custom-token-exchange": { max_attempts: 10, rate: 600_000 },
      },
    },
  ],
  [
    "/attack-protection/brute-force-protection",
    { enabled: true, mode: "count_per_identifier_and_ip", max_attempts: 10 },
    "PATCH",
    { max_attempts: 66 },
    { enabled: true, max_attempts: 66, shields: ["block", "user_notification"] },
  ],
  [
    "/attack-protection/breached-password-detection",
    { enabled: false, shields: [], method: "standard" },
    "PATCH",
    { enabled: true },
    { enabled: true, stage: { "pre-user-registration": { shields: [] }, "pre-change-password": { shields: [] } } },
  ],
  [
    "/attack-protection/bot-detection",
    { bot_detection_level: "medium", allowlist: [] },
    "PATCH",
    { bot_detection_level: "high" },
    { bot_detection_level: "high", monitoring_mode_enabled: false },
  ],
  ["/risk-assessments/settings", { enabled: false }, "PATCH", { enabled: true }, { enabled: true }],
  ["/risk-assessments/settings/new-device", { remember_for: 30 }, "PATCH", { remember_for: 7 }, { remember_for: 7 }],
  ["/supplemental-signals", { akamai_enabled: false }, "PATCH", { akamai_enabled: true }, { akamai_enabled: true }],
  ["/branding", {}, "PATCH", { colors: { primary: "#f8f8f2" } }, { colors: { primary: "#f8f8f2" } }],
  [
    "/prompts",
    { universal_login_experience: "new", identifier_first: true },
    "PATCH",
    { identifier_first: false },
    { universal_login_experience: "new", identifier_first: false },
  ],
  ["/prompts/login/custom-text/en", {}, "PUT", { login: { title: "Hello" } }, { login: { title: "Hello" } }],
  [
    "/prompts/login/partials",
    {},
    "PUT",
    { login: { "form-content-start": "<b>" } },
    { login: { "form-content-start": "<b>" } },
  ],
  ["/guardian/policies", [], "PUT", ["all-applications"], ["all-applications"]],
  [
    "/guardian/factors/phone/message-types",
    { message_types: [] },
    "PUT",
    { message_types: ["sms"] },
    { message_types: ["sms"] },
  ],
  [
    "/guardian/factors/phone/selected-provider",
    { provider: "auth0" },
    "PUT",
    { provider: "twilio" },
    { provider: "twilio" },
  ],
  [
    "/guardian/factors/sms/templates",
    {},
    "PUT",
    { enrollment_message: "a", verification_message: "b" },
    { enrollment_message: "a", verification_message: "b" },
  ],
  [
    "/guardian/factors/push-notification/providers/sns",
    {},
    "PATCH",
    { aws_region: "eu-west-1" },
    { aws_region: "eu-west-1" },
  ],
  [
    "/guardian/factors/push-notification/providers/apns",
    {},
    "PUT",
    { sandbox: false, bundle_id: "com.example.app", p12: SECRET },
    { sandbox: false, bundle_id: "com.example.app" },
  ],
  [
    "/guardian/factors/duo/settings",
    {},
    "PUT",
    { ikey: "a", skey: "b", host: "api.example.com" },
    { ikey: "a", skey: "b", host: "api.example.com" },
  ],
  [
    "/guardian/factors/webauthn-roaming/settings",
    { userVerification: "required", overrideRelyingParty: false },
    "PUT",
    { userVerification: "preferred" },
    { userVerification: "preferred" },
  ],
  [
    "/guardian/factors/webauthn-platform/settings",
    { overrideRelyingParty: false },
    "PUT",
    { overrideRelyingParty: true, relyingPartyIdentifier: "example.com" },
    { overrideRelyingParty: true, relyingPartyIdentifier: "example.com" },
  ],
  [
    "/prompts/mfa-push",
    {},
    "PATCH",
    { app_name: "Ours", apple_app_link: "https://itunes.apple.com/us/app/ours/id1" },
    { app_name: "Ours", apple_app_link: "https://itunes.apple.com/us/app/ours/id1" },
  ],
  [
    "/prompts/login/screen/login/rendering",
    { rendering_mode: "standard" },
    "PATCH",
    { rendering_mode: "advanced" },
    { rendering_mode: "advanced" },
  ],
];

test.each(SETTINGS)(
  "%s has its first value, takes a change and answers with it",
  async (path, initial, method, change, after) => {
    const before = await send("GET", path);
    expect(before.status).toBe(200);
    if (Array.isArray(initial)) expect(before.body).toEqual(initial);
    else expect(before.body).toMatchObject(initial as Body);
    expect(await send(method, path, change)).toMatchObject({ status: 200, body: after });
    expect(await send("GET", path)).toMatchObject({ status: 200, body: after });
    expect(await send(method, path, { nonsense_of_ours: 1 })).toMatchObject(
      // Texts of pages are free: any member may be there.
      /custom-text|partials/.test(path) ? { status: 200 } : { status: 400 },
    );
  },
);

test.each<[string, Body, Body]>([
  [
    "/guardian/factors/push-notification/providers/apns",
    { sandbox: false, bundle_id: "com.example.app", p12: SECRET },
    { sandbox: false, bundle_id: "com.example.app", enabled: true },
  ],
  [
    "/guardian/factors/webauthn-roaming/settings",
    { userVerification: "discouraged" },
    { userVerification: "discouraged", overrideRelyingParty: false },
  ],
])("%s reads back as Terraform's provider recorded it, without what is secret", async (path, body, shown) => {
  const { p12: _, ...answered } = body;
  expect(await send("PUT", path, body)).toMatchObject({ status: 200, body: answered });
  expect((await send("GET", path)).body).toEqual(shown);
});

test("custom texts are kept apart by prompt and language", async () => {
  await send("PUT", "/prompts/signup/custom-text/en", { signup: { title: "Join" } });
  expect((await send("GET", "/prompts/signup/custom-text/fr")).body).toEqual({});
  expect((await send("GET", "/prompts/signup/custom-text/en")).body).toEqual({ signup: { title: "Join" } });
});

test("screens that were changed are listed together", async () => {
  await send("PATCH", "/prompts/signup/screen/signup/rendering", { rendering_mode: "advanced" });
  const { body } = await send("GET", "/prompts/rendering?include_totals=true&screen=signup");
  expect(body).toMatchObject({
    total: 1,
    configs: [{ prompt: "signup", screen: "signup", rendering_mode: "advanced" }],
  });
});

test("an email provider is created once, shows no credential, and can be taken away", async () => {
  const provider = {
    name: "smtp",
    enabled: true,
    default_from_address: "no-reply@example.com",
    credentials: { smtp_host: "smtp.example.com", smtp_port: 587, smtp_user: "u", smtp_pass: SECRET },
  };
  expect(await send("GET", "/emails/provider")).toMatchObject({ status: 404 });
  const made = await send("POST", "/emails/provider", provider);
  expect(made).toMatchObject({ status: 201, body: { name: "smtp", credentials: { smtp_host: "smtp.example.com" } } });
  expect(await send("POST", "/emails/provider", provider)).toMatchObject({ status: 409 });
  const changed = await send("PATCH", "/emails/provider", { enabled: false });
  const read = await send("GET", "/emails/provider?fields=name,credentials&include_fields=true");
  expect(read.body).toEqual({
    name: "smtp",
    credentials: { smtp_host: "smtp.example.com", smtp_port: 587, smtp_user: "u" },
  });
  expect(JSON.stringify([made, changed, read])).not.toContain(SECRET);
  expect(await send("DELETE", "/emails/provider")).toMatchObject({ status: 204 });
  expect(await send("GET", "/emails/provider")).toMatchObject({ status: 404 });
});

test("factors are listed with what was switched on, and no other can be", async () => {
  expect(await send("PUT", "/guardian/factors/otp", { enabled: true })).toMatchObject({
    status: 200,
    body: { enabled: true },
  });
  const { body } = await send("GET", "/guardian/factors");
  expect((body as Body[]).filter(({ enabled }) => enabled === true).map(({ name }) => name)).toEqual(["otp"]);
  expect((body as Body[]).length).toBe(8);
  expect(await send("PUT", "/guardian/factors/horoscope", { enabled: true })).toMatchObject({ status: 400 });
});

test("a Hook's secrets are shown by name", async () => {
  const hook = { name: "with-secrets", script: "module.exports = () => {};", triggerId: "credentials-exchange" };
  const { id } = (await send("POST", "/hooks", hook)).body as Body;
  await send("POST", `/hooks/${id}/secrets`, { KEY: SECRET, OTHER: SECRET });
  await send("DELETE", `/hooks/${id}/secrets`, ["OTHER"]);
  expect((await send("GET", `/hooks/${id}/secrets`)).body).toEqual({ KEY: "_VALUE_NOT_SHOWN_" });
  expect(JSON.stringify((await send("GET", `/hooks/${id}`)).body)).not.toContain(SECRET);
});

test("the default theme is the first, and 404 in Auth0's words before there is one", async () => {
  expect(await send("GET", "/branding/themes/default")).toMatchObject({
    status: 404,
    body: {
      message: "There was an error retrieving branding settings: invalid theme ID",
      errorCode: "theme_not_found",
    },
  });
  const { themeId } = (await send("POST", "/branding/themes", THEME)).body as Body;
  expect((await send("GET", "/branding/themes/default")).body).toMatchObject({ themeId });
});

test("one custom domain at the most is the default", async () => {
  for (const domain of ["one.example.com", "two.example.com"]) {
    await send("POST", "/custom-domains", { domain, type: "auth0_managed_certs" });
  }
  expect((await send("GET", "/custom-domains/default")).body).toEqual({ domain: tenant.domain });
  await send("PATCH", "/custom-domains/default", { domain: "one.example.com" });
  await send("PATCH", "/custom-domains/default", { domain: "two.example.com" });
  const { body } = await send("GET", "/custom-domains");
  expect((body as Body[]).filter(({ is_default }) => is_default === true).map(({ domain }) => domain)).toEqual([
    "two.example.com",
  ]);
  expect(await send("PATCH", "/custom-domains/default", { domain: "none.example.com" })).toMatchObject({ status: 404 });
});

test("a client's credentials are stored without the key, and listed without paging", async () => {
  const { publicKey } = takeRsaKeyPair();
  const pem = publicKey.export({ type: "spki", format: "pem" });
  const path = `/clients/${tenant.clientId}/credentials`;
  const made = await send("POST", path, { credential_type: "public_key", name: "first", pem });
  expect(made).toMatchObject({
    status: 201,
    body: { name: "first", alg: "RS256", id: expect.stringMatching(/^cred_/) },
  });
  expect(JSON.stringify(made.body)).not.toContain("PUBLIC KEY");
  expect((await send("GET", `${path}?include_totals=true`)).body).toEqual([made.body]);
  expect(await send("DELETE", `${path}/${(made.body as Body).id}`)).toMatchObject({ status: 204 });
  expect((await send("GET", path)).body).toEqual([]);
  expect(await send("GET", "/clients/none/credentials")).toMatchObject({ status: 404 });
});

test("every kind of the table is looked at here", () => {
  expect(LISTS.map(({ path }) => path).sort()).toEqual(LIST_KINDS.map(({ path }) => path).sort());
  const rest = SETTING_KINDS.map(({ path }) => path).filter((path) => !path.includes(":"));
  const seen = new Set([...SETTINGS.map(([path]) => path), "/emails/provider"]);
  expect(rest.filter((path) => !seen.has(path))).toEqual([
    "/attack-protection/captcha",
    "/branding/templates/universal-login",
    "/guardian/factors/phone/templates",
    "/guardian/factors/phone/providers/twilio",
    "/guardian/factors/sms/providers/twilio",
    "/guardian/factors/sms/selected-provider",
    "/guardian/factors/push-notification/selected-provider",
  ]);
});

/** By terraform-provider-auth0, 2022 to 2026. */
describe("as recorded,", () => {
  test("the page template is created, and then replaced without a word", async () => {
    const path = "/branding/templates/universal-login";
    const template = { template: "<html>{%- auth0:head -%}{%- auth0:widget -%}</html>" };
    expect(await send("GET", path)).toMatchObject({
      status: 404,
      body: { message: "Template does not exist.", errorCode: "inexistent_templates_universal_login" },
    });
    expect(await send("PUT", path, template)).toMatchObject({ status: 201, body: {} });
    expect((await send("PUT", path, template)).status).toBe(204);
    await send("DELETE", path);
    expect(await send("PUT", path, template)).toMatchObject({ status: 201 });
  });

  test("secrets of a Hook are answered 201 and nothing, added or changed", async () => {
    const hook = { name: `recorded`, script: "module.exports = () => {};", triggerId: "pre-user-registration" };
    const { id } = (await send("POST", "/hooks", hook)).body as Body;
    for (const method of ["POST", "PATCH"] as const) {
      expect(await send(method, `/hooks/${id}/secrets`, { FOO: method })).toMatchObject({ status: 201, body: {} });
    }
  });

  test("the deletion of an access control list is 200 with a code of its own", async () => {
    const { create } = LISTS.find((sample) => sample.path === "/network-acls")!;
    const { id } = (await send("POST", "/network-acls", { ...(create as object), priority: 9 })).body as Body;
    expect(await send("DELETE", `/network-acls/${id}`)).toMatchObject({ status: 200, body: { code: 204, object: "" } });
  });
});
