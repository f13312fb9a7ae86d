import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { planTenant } from "../../../scripts/deploy/plan/plan-tenant.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";
import { deployedTenant, desire } from "../deploy/plan/tenants.ts";

const client = (...lines: readonly string[]) =>
  `clients:\n- name: Till\n${lines.map((line) => `  ${line}\n`).join("")}`;
const flags = (...lines: readonly string[]) => `tenant:\n  flags:\n${lines.map((line) => `    ${line}\n`).join("")}`;

describe("what an export of former years has is read as the Deploy CLI reads it, and said", () => {
  test.each<[string, string, object, readonly string[]]>([
    [
      "a former name",
      client("cross_origin_auth: true"),
      { clients: [{ name: "Till", cross_origin_authentication: true }] },
      [
        "tenant.yaml:3 clients[0].cross_origin_auth is called cross_origin_authentication by now, and taken as that: rename it",
      ],
    ],
    [
      "another former name, with what is in it",
      client("oidc_backchannel_logout:", "  backchannel_logout_urls: [https://till.example/out]"),
      { clients: [{ name: "Till", oidc_logout: { backchannel_logout_urls: ["https://till.example/out"] } }] },
      ["tenant.yaml:3 clients[0].oidc_backchannel_logout is called oidc_logout by now, and taken as that: rename it"],
    ],
    [
      "a former name beside the new one, which counts",
      client("cross_origin_auth: true", "cross_origin_authentication: false"),
      { clients: [{ name: "Till", cross_origin_authentication: false }] },
      [
        "tenant.yaml:3 clients[0].cross_origin_auth is called cross_origin_authentication by now, which is there too and counts: take it out",
      ],
    ],
    [
      "the same in several entries, in one line",
      `clients:\n${["A", "B", "C", "D"].map((name) => `- name: ${name}\n  cross_origin_auth: false\n`).join("")}`,
      { clients: ["A", "B", "C", "D"].map((name) => ({ name, cross_origin_authentication: false })) },
      [
        "tenant.yaml:3 clients[0].cross_origin_auth is called cross_origin_authentication by now, and taken as that: rename it (and 3 more)",
      ],
    ],
    [
      "what Auth0 answers and sets itself",
      client("callback_url_template: false", "owners: [mary]", "app_type: spa"),
      { clients: [{ name: "Till", app_type: "spa" }] },
      [
        "tenant.yaml:3 clients[0].callback_url_template is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:4 clients[0].owners is neither compared nor sent: it is Auth0's to set",
      ],
    ],
    [
      "the same of other kinds",
      "tenant: { sandbox_versions_available: ['22'] }\nresourceServers:\n- { name: Tills, identifier: 'urn:tills', is_system: false }\nclientGrants:\n- { client_id: Till, audience: 'urn:tills', is_system: false }\nclients:\n- { name: Till, global: false, tenant: tills, signing_keys: [{ cert: a }] }\n",
      {
        tenant: {},
        resourceServers: [{ name: "Tills", identifier: "urn:tills" }],
        clientGrants: [{ client_id: "Till", audience: "urn:tills" }],
        clients: [{ name: "Till" }],
      },
      [
        "tenant.yaml:1 tenant.sandbox_versions_available is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:3 resourceServers[0].is_system is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:7 clients[0].global is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:7 clients[0].tenant is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:7 clients[0].signing_keys is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:5 clientGrants[0].is_system is neither compared nor sent: it is Auth0's to set",
      ],
    ],
    [
      "flags that are Auth0's own",
      flags("universal_login: true", "dashboard_new_onboarding: true", "enable_sso: true"),
      { tenant: { flags: { enable_sso: true } } },
      [
        "tenant.yaml:3 tenant.flags.universal_login is neither compared nor sent: it is Auth0's to set",
        "tenant.yaml:4 tenant.flags.dashboard_new_onboarding is neither compared nor sent: it is Auth0's to set",
      ],
    ],
    [
      "a flag whose name is a little like that of another",
      flags("allow_other_legacy_grant_types: true"),
      { tenant: { flags: {} } },
      ["tenant.yaml:3 tenant.flags.allow_other_legacy_grant_types is neither compared nor sent: it is Auth0's to set"],
    ],
    [
      "the section of migrations",
      "migrations:\n  legacy_tls: true\nclients: []",
      { clients: [] },
      ["tenant.yaml:1 migrations is neither compared nor sent: it is Auth0's to set"],
    ],
    ["an empty section of migrations, of which there is nothing to say", "migrations: {}", {}, []],
    [
      "settings that the SDK's types lack and Auth0 takes",
      "tenant:\n  universal_login:\n    colors:\n      primary: '#112233'\n  flags:\n    use_scope_descriptions_for_consent: true",
      {
        tenant: {
          universal_login: { colors: { primary: "#112233" } },
          flags: { use_scope_descriptions_for_consent: true },
        },
      },
      [],
    ],
  ])("%s", (_name, text, document, outdated) => {
    const read = parseTenant(text, "tenant.yaml");
    expect(read.document).toEqual(document);
    expect(read).toMatchObject({ outdated });
  });

  test("a plan repeats it, so that nobody takes it for compared", () => {
    const { document, outdated } = parseTenant("migrations: { legacy_tls: true }", "tenant.yaml");
    expect(planTenant({ ...desire({ document }), outdated }, deployedTenant()).warnings).toContainEqual({
      code: "FIELD_OUTDATED",
      message: "tenant.yaml:1 migrations is neither compared nor sent: it is Auth0's to set",
    });
  });
});

test.each([
  [flags("enable_aps_section: true"), "did you mean enable_apis_section?"],
  [flags("revoke_refresh_token_grants: true"), "did you mean revoke_refresh_token_grant?"],
  [client("cross_origin_auth: perhaps"), "expected true or false"],
  [client("cross_origin_aut: true"), "did you mean"],
  ["tenant:\n  universal_login:\n    colours: {}", "did you mean colors?"],
  ["migration: {}", "is not a section of the Deploy CLI's format"],
])("what is only nearly so is refused: %j", (text, advice) => {
  expect(() => parseTenant(text, "tenant.yaml")).toThrow(CommandError);
  expect(() => parseTenant(text, "tenant.yaml")).toThrow(advice);
});
