import { expect, test } from "@jest/globals";
import { findConflicts } from "../../../scripts/tenant/schema/find-conflicts.ts";

const database = (options: unknown) => ({ databases: [{ name: "people", options }] });
const identifier = (active: unknown) => ({ identifier: { active } });
const CHARACTERS = ["uppercase", "lowercase", "number", "special"];
const complexity = (character_type_rule: string, character_types: unknown) => ({
  password_options: { complexity: { character_type_rule, character_types } },
});

test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
  ["an email that identifies", database({ attributes: { email: identifier(true) } }), []],
  ["a user's name that identifies", database({ attributes: { username: identifier(true) } }), []],
  ["a telephone number that identifies", database({ attributes: { phone_number: identifier(true) } }), []],
  [
    "attributes of which none identifies",
    database({ attributes: { email: identifier(false), other: identifier(true) } }),
    ["databases.0.options.attributes need one of them whose identifier.active is true"],
  ],
  [
    "an email that identifies and is not unique",
    database({ attributes: { email: { ...identifier(true), unique: false } } }),
    ["databases.0.options.attributes.email.unique cannot be false where email is an identifier"],
  ],
  [
    "an email that is not unique beside a name that identifies",
    database({ attributes: { email: { unique: false }, username: identifier(true) } }),
    [],
  ],
  ...[
    "passwordPolicy",
    "password_complexity_options",
    "password_history",
    "password_no_personal_info",
    "password_dictionary",
  ].map((name): [string, Readonly<Record<string, unknown>>, readonly string[]] => [
    `${name} beside password_options`,
    database({ password_options: {}, [name]: {} }),
    [
      `databases.0.options.${name} says the same as password_options, beside which Auth0 does not take it: take one of them out`,
    ],
  ]),
  ["a former rule alone", database({ passwordPolicy: "good" }), []],
  ["password_options alone", database({ password_options: {} }), []],
  ["three of four kinds of characters", database(complexity("three_of_four", CHARACTERS)), []],
  ["all of two", database(complexity("all", ["number"])), []],
  ...CHARACTERS.map((name): [string, Readonly<Record<string, unknown>>, readonly string[]] => [
    `three of four without ${name}`,
    database(
      complexity(
        "three_of_four",
        CHARACTERS.filter((other) => other !== name),
      ),
    ),
    [
      "databases.0.options.password_options.complexity.character_type_rule needs all of character_types: uppercase, lowercase, number, special",
    ],
  ]),
  ["a grant for nobody", { clientGrants: [{ audience: "urn:a" }] }, ['clientGrants.0 "client_id" is missing']],
  ["a grant for a client", { clientGrants: [{ client_id: "a" }] }, []],
  ["a grant for all", { clientGrants: [{ default_for: "third_party_clients" }] }, []],
  [
    "a grant for both",
    { clientGrants: [{ client_id: "a", default_for: "third_party_clients" }] },
    ["clientGrants.0.default_for cannot stand beside client_id: take one of them out"],
  ],
  [
    "all scopes and some",
    { clientGrants: [{ client_id: "a", allow_all_scopes: true, scope: ["b"] }] },
    ["clientGrants.0.scope cannot stand beside allow_all_scopes: take one of them out"],
  ],
  ["all scopes and none", { clientGrants: [{ client_id: "a", allow_all_scopes: true, scope: [] }] }, []],
  ["not all scopes but some", { clientGrants: [{ client_id: "a", allow_all_scopes: false, scope: ["b"] }] }, []],
  [
    "Auth0's own API",
    { resourceServers: [{ name: "Auth0 Management API" }, { name: "Tills" }] },
    ["resourceServers.0.name is Auth0's own API, which nobody can change: take the entry out"],
  ],
  ...[
    "token_endpoint_auth_signing_alg",
    "id_token_signed_response_algs",
    "token_endpoint_jwtca_aud_format",
    "id_token_session_expiry_supported",
  ].map((name): [string, Readonly<Record<string, unknown>>, readonly string[]] => [
    `${name} of a connection`,
    { connections: ["oidc", "okta", "waad"].map((strategy) => ({ strategy, options: { [name]: 1 } })) },
    [`connections.2.options.${name} is for the strategies oidc and okta, not for waad`],
  ]),
  [
    "attributes beside a profile of them",
    { selfServiceProfiles: [{ user_attribute_profile_id: "a", user_attributes: [{}] }] },
    ["selfServiceProfiles.0.user_attributes cannot stand beside user_attribute_profile_id: take one of them out"],
  ],
  ["a profile alone", { selfServiceProfiles: [{ user_attribute_profile_id: "a", user_attributes: [] }] }, []],
  ["attributes alone", { selfServiceProfiles: [{ user_attributes: [{}] }] }, []],
  [
    "two defaults",
    { customDomains: [{ is_default: true }, { is_default: false }, { is_default: true }] },
    ["customDomains.2.is_default is true of another domain as well: there is one default"],
  ],
])("what cannot stand together: %s", (_what, document, expected) => {
  expect(findConflicts(document).map(({ path, message }) => `${path.join(".")} ${message}`)).toEqual(expected);
});
