import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { fillKeywords } from "../../../scripts/tenant/keywords.ts";
import type { Environment } from "../../../scripts/tenant/read-environment.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

function failureOf(text: string, environment?: Environment): CommandError {
  try {
    const tenant = parseTenant(text, "tenant.yaml");
    if (environment !== undefined) fillKeywords(tenant, environment);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

const api = (...lines: readonly string[]) =>
  `resourceServers:\n- name: Tills\n  identifier: https://tills.example/\n${lines.map((line) => `  ${line}\n`).join("")}`;
const client = (...lines: readonly string[]) =>
  `clients:\n- name: Till\n${lines.map((line) => `  ${line}\n`).join("")}`;

describe("a field that Auth0 does not have is refused with its line and the nearest name", () => {
  test.each([
    ["tenant:\n  sesion_lifetime: 1", "tenant.yaml:2 tenant.sesion_lifetime: ", "did you mean session_lifetime?"],
    [
      "tenant:\n  flags:\n    enable_apis_sections: true",
      "tenant.yaml:3 tenant.flags.enable_apis_sections: ",
      "did you mean enable_apis_section?",
    ],
    [api("token_lifetme: 7200"), "tenant.yaml:4 resourceServers[0].token_lifetme: ", "did you mean token_lifetime?"],
    [
      api("scopes:", "- value: a", "  desciption: b"),
      "tenant.yaml:6 resourceServers[0].scopes[0].desciption: ",
      "did you mean description?",
    ],
    [client("callback: [a]"), "tenant.yaml:3 clients[0].callback: ", "did you mean callbacks?"],
    [client("refresh_token:", "  leway: 1"), "tenant.yaml:4 clients[0].refresh_token.leway: ", "did you mean leeway?"],
    [
      client("jwt_configuration:", "  lifetime_in_second: 1"),
      "tenant.yaml:4 clients[0].jwt_configuration.lifetime_in_second: ",
      "did you mean lifetime_in_seconds?",
    ],
    [
      "databases:\n- name: people\n  options:\n    disable_signups: true",
      "tenant.yaml:4 databases[0].options.disable_signups: ",
      "did you mean disable_signup?",
    ],
    [
      "databases:\n- name: people\n  enabled_client: [a]",
      "tenant.yaml:3 databases[0].enabled_client: ",
      "did you mean enabled_clients?",
    ],
    ["roles:\n- name: clerk\n  permission: []", "tenant.yaml:3 roles[0].permission: ", "did you mean permissions?"],
    [
      "clientGrants:\n- client_id: a\n  audience: b\n  scopes: [c]",
      "tenant.yaml:4 clientGrants[0].scopes: ",
      "did you mean scope?",
    ],
    ["roles:\n- name: clerk\n  colour: red", "tenant.yaml:3 roles[0].colour: ", "there are description, id, name"],
    [
      "attackProtection:\n  bruteForceProtection:\n    enabld: true",
      "tenant.yaml:3 attackProtection.bruteForceProtection.enabld: ",
      "did you mean enabled?",
    ],
    ["emailProvider:\n  name: smtp\n  enabld: true", "tenant.yaml:3 emailProvider.enabld: ", "did you mean enabled?"],
    ["branding:\n  colour: { primary: '#fff' }", "tenant.yaml:2 branding.colour: ", "did you mean colors?"],
    [
      "logStreams:\n- name: a\n  type: http\n  sink: { httpEndpont: 'https://a.example/' }",
      "tenant.yaml:4 logStreams[0].sink.httpEndpont: ",
      "did you mean httpEndpoint?",
    ],
    [
      "connections:\n- name: a\n  strategy: google-oauth2\n  is_domain_conection: true",
      "tenant.yaml:4 connections[0].is_domain_conection: ",
      "did you mean is_domain_connection?",
    ],
    [
      "emailTemplates:\n- template: verify_email\n  urlLifetimeInSecond: 1",
      "tenant.yaml:3 emailTemplates[0].urlLifetimeInSecond: ",
      "did you mean urlLifetimeInSeconds?",
    ],
    [
      "organizations:\n- name: a\n  branding: { logo_ur: 'https://a.example/' }",
      "tenant.yaml:3 organizations[0].branding.logo_ur: ",
      "did you mean logo_url?",
    ],
    [
      "userAttributeProfiles:\n- name: a\n  description: b",
      "tenant.yaml:3 userAttributeProfiles[0].description: ",
      "there are ",
    ],
    [
      "connectionProfiles:\n- name: a\n  enabled_feature: [scim]",
      "tenant.yaml:3 connectionProfiles[0].enabled_feature: ",
      "did you mean enabled_features?",
    ],
    [
      "tokenExchangeProfiles:\n- name: a\n  description: b\n  type: custom_authentication\n  subject_token_type: urn:a\n  action: c",
      "tenant.yaml:3 tokenExchangeProfiles[0].description: ",
      "there are ",
    ],
    [
      "selfServiceProfiles:\n- name: a\n  customTexts: {}",
      "tenant.yaml:3 selfServiceProfiles[0].customTexts: ",
      "did you mean customText?",
    ],
    [
      "rateLimitPolicies:\n- resource: oauth_authentication_api\n  name: b\n  consumer: client\n  consumer_selector: default\n  configuration: { action: block, limit: 1 }",
      "tenant.yaml:3 rateLimitPolicies[0].name: ",
      "there are ",
    ],
  ])("%j", (text, place, advice) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ code: "TENANT_FIELD_UNKNOWN", exitCode: 2 });
    expect(failure.message).toContain(place);
    expect(failure.message).toContain(advice);
  });

  test.each([
    ["any name in metadata", client("client_metadata: { calbacks: a }")],
    [
      "a name that is like none in an open mapping",
      "databases:\n- name: people\n  options: { from_the_old_tenant: 1 }",
    ],
    [
      "a provider's own option, though it is like another's",
      "connections:\n- name: a\n  strategy: oauth2\n  options: { scope: a, scopes: [b], clientID: c, w_share: true }",
    ],
    ["fields that the Deploy CLI's format has beside the API's", client("jwks_uri: https://a.example/")],
    ["fields that only an answer of the API has", api("id: 5f", "is_system: false")],
    [
      "those of an export with identifiers",
      "userAttributeProfiles:\n- { id: uap_1, name: a, user_attributes: { email: { description: a, label: a, profile_required: true, auth0_mapping: email } } }",
    ],
  ])("but takes %s", (_, text) => {
    expect(() => parseTenant(text, "tenant.yaml")).not.toThrow();
  });
});

describe("a trigger that Auth0 does not have is refused with the nearest name", () => {
  test.each([
    ["triggers:\n  post-logn:\n  - action_name: a", "tenant.yaml:2 triggers.post-logn: ", "did you mean post-login?"],
    [
      "triggers:\n  post-login: []\n  pre-user-registraton: []",
      "tenant.yaml:3 triggers.pre-user-registraton: ",
      "did you mean pre-user-registration?",
    ],
    [
      "actions:\n- name: a\n  code: a.js\n  supported_triggers: [{ id: post-logon, version: v3 }]",
      "tenant.yaml:4 actions[0].supported_triggers[0].id: ",
      "did you mean post-login?",
    ],
  ])("%j", (text, place, advice) => {
    const failure = failureOf(text);
    expect(failure.code).toBe("TENANT_TRIGGER_UNKNOWN");
    expect(failure.message).toContain(place);
    expect(failure.message).toContain(advice);
  });

  test.each(["event-stream", "custom-token-exchange", "password-hash-migration", "custom-email-provider"])(
    "and %s is one",
    (trigger) => {
      expect(() => parseTenant(`triggers: { ${trigger}: [] }`, "tenant.yaml")).not.toThrow();
    },
  );
});

describe("a value of a type that Auth0 or the Deploy CLI refuses is refused with its line", () => {
  test.each<[string, Environment | undefined, string]>([
    [
      api("token_lifetime: long"),
      undefined,
      "tenant.yaml:4 resourceServers[0].token_lifetime: expected a whole number, found a string",
    ],
    [
      api('token_lifetime_for_web: "##SECONDS##"'),
      { SECONDS: "7200" },
      "tenant.yaml:4 resourceServers[0].token_lifetime_for_web: expected a whole number",
    ],
    [
      api('token_lifetime_for_web: "@@SECONDS@@"'),
      { SECONDS: "7200" },
      "tenant.yaml:4 resourceServers[0].token_lifetime_for_web: expected a whole number",
    ],
    [
      api('allow_offline_access: "##OFFLINE##"'),
      { OFFLINE: "true" },
      "tenant.yaml:4 resourceServers[0].allow_offline_access: expected true or false",
    ],
    [
      api("token_lifetime: null"),
      undefined,
      "tenant.yaml:4 resourceServers[0].token_lifetime: expected a whole number, found nothing",
    ],
    [client("organization_usage: null"), undefined, "tenant.yaml:3 clients[0].organization_usage: expected a text"],
    [
      client("organization_usage: requires"),
      undefined,
      "tenant.yaml:3 clients[0].organization_usage: must be one of deny, allow, require: did you mean require?",
    ],
    [
      "tenant:\n  friendly_name:",
      undefined,
      "tenant.yaml:2 tenant.friendly_name: expected a text (quote it), found nothing",
    ],
    [
      "clientGrants:\n- client_id: a\n  audience: b\n  scope: [c, c]",
      undefined,
      "tenant.yaml:4 clientGrants[0].scope: should NOT have duplicate items",
    ],
    ["roles:\n- name: ''", undefined, "tenant.yaml:2 roles[0].name: must not be empty"],
    ["organizations:\n- name: ' '", undefined, "tenant.yaml:2 organizations[0].name: must not be empty"],
    [
      "resourceServers:\n- name: a\n  identifier: ''",
      undefined,
      "tenant.yaml:3 resourceServers[0].identifier: must not be empty",
    ],
    ["flows:\n- name: a", undefined, 'tenant.yaml:2 flows[0]: "body" is missing'],
    ["forms:\n- name: a\n  id: ap_1", undefined, 'tenant.yaml:2 forms[0]: "body" is missing'],
    [
      "databases:\n- name: people\n  strategy: oidc",
      undefined,
      "tenant.yaml:3 databases[0].strategy: must be one of auth0",
    ],
    [
      "databases:\n- name: people\n  options:\n    password_options: { history: { size: 99 } }",
      undefined,
      "tenant.yaml:4 databases[0].options.password_options.history.size: should be <= 24",
    ],
  ])("%j", (text, environment, place) => {
    const failure = failureOf(text, environment);
    expect(failure).toMatchObject({ code: "TENANT_MALFORMED", exitCode: 2 });
    expect(failure.message).toContain(place);
  });
});

describe("a value that is not among those of Auth0 is refused with its line and the nearest", () => {
  test.each([
    [client('app_type: ""'), "tenant.yaml:3 clients[0].app_type: must be one of "],
    [client("app_type: sap"), "did you mean spa?"],
    [
      client("token_endpoint_auth_method: post"),
      "tenant.yaml:3 clients[0].token_endpoint_auth_method: must be one of ",
    ],
    [client("refresh_token:", "  rotation_type: rotate"), "tenant.yaml:4 clients[0].refresh_token.rotation_type: "],
    [client('is_first_party: "x"'), "tenant.yaml:3 clients[0].is_first_party: expected true or false"],
    [api("signing_alg: HS265"), "did you mean HS256?"],
    [api("token_dialect: acces_token"), "did you mean access_token?"],
    ["tenant:\n  session_cookie:\n    mode: persistant", "did you mean persistent?"],
    [
      "databases:\n- name: people\n  options:\n    passwordPolicy: better",
      "must be one of none, low, fair, good, excellent",
    ],
  ])("%s", (text, said) => {
    const error = failureOf(text);
    expect(error.code).toBe("TENANT_MALFORMED");
    expect(error.message).toContain(said);
  });

  test.each([
    [client("app_type: regular_web", "token_endpoint_auth_method: none")],
    // Auth0's SDK 7.1 knows "ip" alone, the Deploy CLI both.
    [client("session_transfer: { delegation: { enforce_device_binding: asn } }")],
    [client("compliance_level: null", "organization_usage: require")],
    [api("token_dialect: access_token_authz", "signing_alg: RS256")],
    ["tenant:\n  session_cookie: null"],
    // `nullable` in the Deploy CLI's schema.
    ["customDomains:\n- domain: login.example.com\n  type: auth0_managed_certs\n  custom_client_ip_header: null"],
    [client('app_type: "##KIND##"')],
  ])("and one of them is not: %s", (text) => {
    expect(() => parseTenant(text, "tenant.yaml")).not.toThrow();
  });
});

const database = (options: string) => `databases:\n- name: people\n  options: ${options}\n`;

describe("what the Deploy CLI refuses beside its schema is refused with its line", () => {
  test.each([
    [
      "clientGrants:\n- client_id: a\n  audience: b\n  allow_all_scopes: true\n  scope: [c]",
      "tenant.yaml:5 clientGrants[0].scope: ",
    ],
    [
      "clientGrants:\n- client_id: a\n  default_for: third_party_clients\n  audience: b",
      "tenant.yaml:3 clientGrants[0].default_for: ",
    ],
    ["clientGrants:\n- audience: b\n  scope: [c]", "tenant.yaml:2 clientGrants[0]: "],
    ["resourceServers:\n- name: Auth0 Management API\n  identifier: a", "tenant.yaml:2 resourceServers[0].name: "],
    [
      database("{ passwordPolicy: good, password_options: { history: { active: true, size: 5 } } }"),
      "databases[0].options.passwordPolicy: ",
    ],
    [
      database(
        "{ password_options: { complexity: { character_type_rule: three_of_four, character_types: [number] } } }",
      ),
      "databases[0].options.password_options.complexity.character_type_rule: ",
    ],
    [database("{ attributes: { email: { identifier: { active: false } } } }"), "databases[0].options.attributes: "],
    [
      database("{ attributes: { email: { unique: false, identifier: { active: true } } } }"),
      "databases[0].options.attributes.email.unique: ",
    ],
    [
      "connections:\n- name: a\n  strategy: samlp\n  options:\n    id_token_signed_response_algs: [RS256]",
      "tenant.yaml:5 connections[0].options.id_token_signed_response_algs: ",
    ],
    [
      "selfServiceProfiles:\n- name: a\n  user_attribute_profile_id: b\n  user_attributes: [{ name: c, description: d, is_optional: true }]",
      "tenant.yaml:4 selfServiceProfiles[0].user_attributes: ",
    ],
    [
      "customDomains:\n- { domain: a, type: auth0_managed_certs, is_default: true }\n- { domain: b, type: auth0_managed_certs, is_default: true }",
      "tenant.yaml:3 customDomains[1].is_default: ",
    ],
    ["prompts:\n  customText: { en: null }", "tenant.yaml:2 prompts.customText.en: expected a mapping, found nothing"],
    ["prompts:\n  customText: { en: { login: a } }", "tenant.yaml:2 prompts.customText.en.login: expected a mapping"],
  ])("%s", (text, place) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ code: "TENANT_MALFORMED", exitCode: 2 });
    expect(failure.message).toContain(place);
  });

  test.each([
    "clientGrants:\n- { client_id: a, audience: b, allow_all_scopes: true, scope: [] }",
    "clientGrants:\n- { default_for: third_party_clients, audience: b, scope: [c] }",
    database("{ passwordPolicy: good, attributes: { phone_number: { identifier: { active: true } } } }"),
    "connections:\n- name: a\n  strategy: okta\n  options: { id_token_signed_response_algs: [RS256] }",
    "customDomains:\n- { domain: a, type: auth0_managed_certs, is_default: true }\n- { domain: b, type: auth0_managed_certs }",
    "prompts:\n  customText: { en: { login: { login: { title: a } } }, pt-BR: {} }\n  partials: { login: { login: { form-content-start: a } }, signup: null }",
  ])("and what it takes is taken: %s", (text) => {
    expect(() => parseTenant(text, "tenant.yaml")).not.toThrow();
  });
});

describe("what is nearly a value or a name of Auth0's is refused in sections that the Deploy CLI writes, too", () => {
  test.each([
    ["connections:\n- name: a\n  strategy: googel-oauth2", "did you mean google-oauth2?"],
    ["logStreams:\n- name: a\n  type: splnk", "did you mean splunk?"],
    ["emailProvider:\n  name: sengrid", "did you mean sendgrid?"],
    ["attackProtection:\n  bruteForceProtection: { shields: [blok] }", "did you mean block?"],
    [
      "eventStreams:\n- name: a\n  subscriptions: [{ event_type: user.creatd }]\n  destination: { type: webhook, configuration: {} }",
      "did you mean user.created?",
    ],
    ["prompts:\n  customText: { eng: {} }", "did you mean en?"],
    ["prompts:\n  customText: { en: { loginn: {} } }", "did you mean login?"],
    ["prompts:\n  partials: { signupp: {} }", "did you mean signup?"],
    ["prompts:\n  partials: { login: { login: { form-content-strat: a } } }", "did you mean form-content-start?"],
    ["branding:\n  templates: [{ template: universal_login, file: a.html }]", "there are body, template"],
    [
      "organizations:\n- name: a\n  connections: [{ name: b, assign_membership: true }]",
      "did you mean assign_membership_on_login?",
    ],
    ["riskAssessment:\n  settings: { on: true }", "there are enabled"],
  ])("%s", (text, said) => {
    expect(failureOf(text).message).toContain(said);
  });

  test.each([
    "connections:\n- name: a\n  strategy: a-provider-of-next-year",
    "emailProvider:\n  name: null\n  default_from_address: null",
  ])("and what Auth0 may have by then is taken, and null in the place of a text: %s", (text) => {
    expect(() => parseTenant(text, "tenant.yaml")).not.toThrow();
  });

  test.each([
    ["guardianFactors:\n- name: otp\n  enabled: null", "guardianFactors[0].enabled: expected true or false"],
    [
      "attackProtection:\n  bruteForceProtection: { max_attempts: null }",
      "bruteForceProtection.max_attempts: expected a number",
    ],
  ])("null in the place of a flag or a number is not: %s", (text, said) => {
    expect(failureOf(text).message).toContain(said);
  });
});

describe("a fraction where Auth0 takes whole numbers is refused with its line", () => {
  test.each([
    [api("token_lifetime: 1.5"), "tenant.yaml:4 resourceServers[0].token_lifetime: expected a whole number"],
    [client("refresh_token: { leeway: 0.5 }"), "clients[0].refresh_token.leeway: expected a whole number"],
    [client("jwt_configuration: { lifetime_in_seconds: 3.25 }"), "lifetime_in_seconds: expected a whole number"],
    ["tenant:\n  session_lifetime_in_minutes: 1.5", "tenant.session_lifetime_in_minutes: expected a whole number"],
    [database("{ password_history: { enable: true, size: 2.5 } }"), "password_history.size: expected a whole number"],
  ])("%s", (text, said) => {
    expect(failureOf(text).message).toContain(said);
  });

  test.each([api("token_lifetime: 2.0"), "tenant:\n  session_lifetime: 1.5\n  ephemeral_session_lifetime: 0.5"])(
    "and is taken elsewhere: %s",
    (text) => {
      expect(() => parseTenant(text, "tenant.yaml")).not.toThrow();
    },
  );
});

test("everything is said at once, each place once, with its code where they differ", () => {
  const failure = failureOf(
    "tenants: {}\ntenant:\n  sesion_lifetime: 1\n  friendly_name: 7\nroles:\n- description: 1\n",
  );
  expect(failure.code).toBe("TENANT_REFUSED");
  expect(failure.message.split("\n").slice(1)).toEqual([
    "  tenant.yaml:1 tenants: is not a section of the Deploy CLI's format: did you mean tenant? [TENANT_SECTION_UNKNOWN]",
    '  tenant.yaml:6 roles[0]: "name" is missing [TENANT_MALFORMED]',
    "  tenant.yaml:6 roles[0].description: expected a text (quote it), found a number [TENANT_MALFORMED]",
    "  tenant.yaml:3 tenant.sesion_lifetime: is not a field that Auth0 has: did you mean session_lifetime? [TENANT_FIELD_UNKNOWN]",
    "  tenant.yaml:4 tenant.friendly_name: expected a text (quote it), found a number [TENANT_MALFORMED]",
  ]);
});

describe("a variable between at signs without quotes is what can stand there", () => {
  test.each<[string, string, Environment, unknown]>([
    ["a number where a number must be", api("token_lifetime: @@X@@"), { X: "7200" }, { token_lifetime: 7200 }],
    ["a flag where a flag must be", api("enforce_policies: @@X@@"), { X: "true" }, { enforce_policies: true }],
    ["text where text may be", api("signing_secret: @@X@@"), { X: "123456" }, { signing_secret: "123456" }],
    [
      "text where text may be, though it is a mapping",
      api("signing_secret: @@X@@"),
      { X: '{"a":1}' },
      { signing_secret: '{"a":1}' },
    ],
    [
      "null where a number or null may be",
      api("token_lifetime_for_anonymous_access_tokens: @@X@@"),
      { X: "null" },
      { token_lifetime_for_anonymous_access_tokens: null },
    ],
    ["records where records must be", api("scopes: @@X@@"), { X: '[{"value":"a"}]' }, { scopes: [{ value: "a" }] }],
  ])("%s", (_, text, environment, expected) => {
    const { document } = fillKeywords(parseTenant(text, "tenant.yaml"), environment);
    expect(document.resourceServers).toEqual([
      { name: "Tills", identifier: "https://tills.example/", ...(expected as object) },
    ]);
  });
});

test("what the Deploy CLI would add to a file by default is not in the document", () => {
  const text =
    "databases:\n- name: people\n  options:\n    attributes: { email: { identifier: { active: true } } }\nclients:\n- name: Till\n  session_transfer: {}\n";
  expect(parseTenant(text, "tenant.yaml").document).toEqual({
    databases: [{ name: "people", options: { attributes: { email: { identifier: { active: true } } } } }],
    clients: [{ name: "Till", session_transfer: {} }],
  });
});
