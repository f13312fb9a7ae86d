import { describe, expect, test } from "@jest/globals";
import { listRequiredScopes } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { listEntries, mergeEntry } from "../../../../scripts/deploy/kinds/handed-over/entries.ts";
import { findSpec } from "../../../../scripts/deploy/kinds/handed-over/specs.ts";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { deployedTenant, desire } from "../plan/tenants.ts";

const SECRET = "a-value-that-is-searched-for";

type Document = Partial<TenantDocument>;
const item = (name: string, fields: Record<string, unknown>) => ({ id: name, name, fields });

function plan(document: Document, live: Partial<LiveTenant> = {}, writeSecrets: readonly string[] = []) {
  return planTenant({ ...desire({ document, actions: [] }), writeSecrets }, deployedTenant(live));
}
const summarize = ({ changes }: ReturnType<typeof plan>) =>
  changes
    .filter(({ type }) => findSpec(type) !== undefined)
    .map(({ operation, type, name, fields }) => [operation, type, name, fields.map(({ path }) => path)]);

describe("a plan of kinds that are handed over", () => {
  const smtp = { name: "smtp", enabled: true, credentials: { smtp_host: "smtp.example.com", smtp_pass: SECRET } };
  const exported = {
    name: "smtp",
    enabled: true,
    credentials: { smtp_host: "smtp.example.com", smtp_pass: "##SMTP_PASS##" },
  };

  test.each<[string, Document, Partial<LiveTenant>, unknown[]]>([
    [
      "an entry that the tenant does not have",
      { organizations: [{ name: "city", display_name: "City" }] },
      {},
      [["create", "organization", "city", ["name", "display_name"]]],
    ],
    [
      "an entry that the tenant has like that",
      { organizations: [{ name: "city", display_name: "City" }] },
      { organization: [item("city", { name: "city", display_name: "City", connections: [] })] },
      [],
    ],
    [
      "one field that differs",
      { logStreams: [{ name: "Audit", type: "http", sink: { httpEndpoint: "https://new.example.com/" } }] },
      {
        "log-stream": [
          item("Audit", { name: "Audit", type: "http", sink: { httpEndpoint: "https://old.example.com/" } }),
        ],
      },
      [["update", "log-stream", "Audit", ["sink.httpEndpoint"]]],
    ],
    [
      "an entry known by another member than its name",
      { networkACLs: [{ description: "a", active: false, priority: 7 }] },
      {
        "network-acl": [
          item("7", { description: "a", active: true, priority: 7 }),
          item("8", { active: true, priority: 8 }),
        ],
      },
      [["update", "network-acl", "7", ["active"]]],
    ],
    [
      "a section that is one object",
      { attackProtection: { bruteForceProtection: { enabled: false } } },
      { "attack-protection": [item("settings", { bruteForceProtection: { enabled: true, max_attempts: 10 } })] },
      [["update", "attack-protection", "settings", ["bruteForceProtection.enabled"]]],
    ],
    [
      "a module whose last change was never published",
      { actionModules: [{ name: "rates", code: "1", all_changes_published: true }] },
      { "action-module": [item("rates", { name: "rates", code: "1", all_changes_published: false })] },
      [["update", "action-module", "rates", ["all_changes_published"]]],
    ],
    [
      "a published module whose publishing nobody asks for",
      { actionModules: [{ name: "rates", code: "1", all_changes_published: false }] },
      { "action-module": [item("rates", { name: "rates", code: "1", all_changes_published: true })] },
      [],
    ],
    [
      "a new module that stays unpublished",
      { actionModules: [{ name: "rates", code: "1", all_changes_published: false }] },
      {},
      [["create", "action-module", "rates", ["name", "code"]]],
    ],
    [
      "the one phone provider that there can be, under another name",
      { phoneProviders: [{ name: "custom", disabled: false }] },
      { "phone-provider": [item("default", { name: "twilio", disabled: false })] },
      [["update", "phone-provider", "default", ["name"]]],
    ],
    ["a section that the file does not have", {}, { organization: [item("city", { name: "city" })] }, []],
    [
      "a secret alone, which nobody can compare",
      { emailProvider: smtp },
      { "email-provider": [item("settings", exported)] },
      [],
    ],
    [
      "a secret beside a field that differs, which goes along",
      { emailProvider: { ...smtp, enabled: false } },
      { "email-provider": [item("settings", exported)] },
      [["update", "email-provider", "settings", ["enabled", "credentials.smtp_pass"]]],
    ],
  ])("shows %s", (_, document, live, expected) => {
    const made = plan(document, live);
    expect(summarize(made)).toEqual(expected);
    expect(JSON.stringify(made)).not.toContain(SECRET);
  });

  test("says what it could not compare, and writes it when it is named", () => {
    const live = { "email-provider": [item("settings", exported)] };
    expect(plan({ emailProvider: smtp }, live).uncompared).toEqual(["email-provider:settings credentials.smtp_pass"]);
    expect(summarize(plan({ emailProvider: smtp }, live, ["email-provider:settings"]))).toEqual([
      ["update", "email-provider", "settings", ["credentials.smtp_pass"]],
    ]);
  });

  test.each(["email-provider:other", "emailProvider:settings", "client:SPA", ""])(
    "refuses --write-secrets=%s, which names nothing of the file",
    (name) => {
      expect(() => plan({ emailProvider: smtp }, {}, [name])).toThrow(
        expect.objectContaining({
          code: "SECRETS_UNKNOWN",
          exitCode: 2,
          message: expect.stringContaining("email-provider:settings"),
        }),
      );
    },
  );

  test.each<[string, Document, string]>([
    [
      "a connection of an organization",
      { organizations: [{ name: "city", connections: [{ name: "nowhere" }] }] },
      "nowhere",
    ],
    [
      "a client of a connection",
      { connections: [{ name: "idp", strategy: "oidc", enabled_clients: ["Nobody"] }] },
      "Nobody",
    ],
    [
      "the client that an identity provider begins logins of",
      { connections: [{ name: "idp", strategy: "samlp", options: { idpinitiated: { client_id: "Nobody" } } }] },
      "Nobody",
    ],
    [
      "the vault connection of a flow",
      { flows: [{ name: "f", actions: [{ params: { connection_id: "No vault" } }] }] },
      "No vault",
    ],
    ["the flow of a form", { forms: [{ name: "f", nodes: [{ config: { flow_id: "No flow" } }] }] }, "No flow"],
    [
      "the Action of a token exchange profile",
      { tokenExchangeProfiles: [{ name: "t", subject_token_type: "urn:t", action: "gone" }] },
      "gone",
    ],
    [
      "the Action of an event stream",
      { eventStreams: [{ name: "e", destination: { configuration: { action_id: "gone" } } }] },
      "gone",
    ],
    [
      "the profile of a self-service profile",
      { selfServiceProfiles: [{ name: "s", user_attribute_profile_id: "No profile" }] },
      "No profile",
    ],
  ])("refuses %s that neither the file nor the tenant has", (_, document, name) => {
    expect(() => plan(document)).toThrow(
      expect.objectContaining({
        code: "REFERENCE_UNKNOWN",
        exitCode: 2,
        message: expect.stringContaining(`"${name}"`),
      }),
    );
  });

  test("takes names from the file and from the tenant, and ids of the tenant", () => {
    const document: Document = {
      connections: [{ name: "idp", strategy: "oidc", enabled_clients: ["SPA", "client-1"] }],
      organizations: [{ name: "city", connections: [{ name: "idp" }, { name: "Users" }, { name: "live" }] }],
    };
    const live = { connection: [item("live", { name: "live" })] };
    expect(summarize(plan(document, live)).map(([operation, type]) => [operation, type])).toEqual([
      ["create", "connection"],
      ["create", "organization"],
    ]);
  });
});

test.each(["SPA", "client-1"])(
  "the client of an identity provider is the same by its name and by its id: %s",
  (client_id) => {
    const entry = (id: string) => ({ name: "idp", strategy: "samlp", options: { idpinitiated: { client_id: id } } });
    const live = { connection: [item("idp", entry("SPA"))] };
    expect(summarize(plan({ connections: [entry(client_id)] }, live))).toEqual([]);
  },
);

describe("a plan of a member that Auth0 replaces whole", () => {
  const options = { client_id: "abc", client_secret: SECRET, scope: "openid", upstream_params: { a: { value: "1" } } };
  const live = {
    connection: [
      item("idp", {
        name: "idp",
        strategy: "oidc",
        display_name: "Old",
        options: {
          ...options,
          client_secret: "##CONNECTIONS_OIDC_SECRET##",
          gateway_authentication: { secret: "kept" },
        },
      }),
    ],
  };
  const document = (change: Record<string, unknown>): Document => ({
    connections: [{ name: "idp", strategy: "oidc", ...change }],
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["another member of it", { options: { client_id: "new" } }, "options.client_secret"],
    ["something beside it", { display_name: "New", options: { client_id: "abc" } }, "options.client_secret"],
    [
      "a secret of it, when it has two",
      { options: { client_secret: SECRET, client_id: "new" } },
      "options.gateway_authentication.secret",
    ],
  ])("refuses to change %s when a secret would go with it", (_, change, place) => {
    expect(() => plan(document(change), live)).toThrow(
      expect.objectContaining({ code: "SECRETS_NEEDED", exitCode: 2, message: expect.stringContaining(place) }),
    );
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ["the file has nothing of it", { display_name: "New" }, ["display_name"]],
    ["there is nothing to change", { display_name: "Old", options: { client_id: "abc" } }, []],
  ])("asks for no secret when %s", (_, change, paths) => {
    expect(plan(document(change), live).changes.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(
      expect.arrayContaining(paths),
    );
    expect(summarize(plan(document(change), live))).toHaveLength(paths.length);
  });
});

test.each<[string, Document]>([
  [
    "two phone providers, of which the Deploy CLI would write the first",
    { phoneProviders: [{ name: "twilio" }, { name: "custom" }] },
  ],
  ["two themes", { themes: [{ displayName: "One" }, { displayName: "Two" }] }],
])("refuses %s", (_, document) => {
  const live = { theme: [item("default", {})], "phone-provider": [item("default", {})] };
  expect(() => plan(document, live)).toThrow(expect.objectContaining({ code: "ENTRY_TWICE", exitCode: 2 }));
});

test("shows that another phone provider is written over the one that is there", () => {
  expect(
    summarize(
      plan({ phoneProviders: [{ name: "custom" }] }, { "phone-provider": [item("default", { name: "twilio" })] }),
    ),
  ).toEqual([["update", "phone-provider", "default", ["name"]]]);
});

describe("scopes", () => {
  const scopesOf = (document: Document, purpose: "plan" | "deploy" = "plan") =>
    listRequiredScopes({ document: document as TenantDocument, purpose }).map(({ scope }) => scope);

  test("of a kind that the file does not have are not asked for", () => {
    expect(scopesOf({}).filter((scope) => /log_streams|organizations|prompts/.test(scope))).toEqual([]);
  });

  test("of a kind that the file has, and of those whose names it may use", () => {
    expect(scopesOf({ forms: [] })).toEqual(
      expect.arrayContaining(["read:forms", "read:flows", "read:flows_vault_connections"]),
    );
    expect(scopesOf({ logStreams: [] }, "deploy")).toEqual(
      expect.arrayContaining(["read:log_streams", "create:log_streams", "update:log_streams"]),
    );
    expect(scopesOf({ logStreams: [] }, "deploy")).not.toContain("delete:log_streams");
  });
});

test("a secret that the tenant has and the file does not stops a change of its entry, and nothing else", () => {
  const oidc = { name: "idp", strategy: "oidc", options: { client_id: "abc" } };
  const live = { ...oidc, options: { client_id: "abc", client_secret: "##CONNECTIONS_OIDC_SECRET##" } };
  const present = { connection: [item("idp", live)] };
  expect(summarize(plan({ connections: [oidc] }, present))).toEqual([]);
  expect(() => plan({ connections: [{ ...oidc, options: { client_id: "other" } }] }, present)).toThrow(
    expect.objectContaining({
      code: "SECRETS_NEEDED",
      exitCode: 2,
      message: expect.stringContaining("options.client_secret"),
    }),
  );
});

test("an organization's connections go along, which the Deploy CLI would take away", () => {
  const live = { name: "city", display_name: "City", connections: [{ name: "idp" }], client_grants: [] };
  expect(mergeEntry(findSpec("organization")!, { name: "city", display_name: "Town" }, live)).toEqual({
    name: "city",
    display_name: "Town",
    connections: [{ name: "idp" }],
    client_grants: [],
  });
});

test("what is handed over keeps what only the tenant has in a member, and no placeholder for a secret", () => {
  const live = {
    name: "idp",
    options: { client_id: "a", scope: "openid", client_secret: "##SECRET##" },
    display_name: "By hand",
  };
  const entry = { name: "idp", options: { client_id: "b", client_secret: SECRET } };
  expect(mergeEntry(findSpec("connection")!, entry, live)).toEqual({
    name: "idp",
    options: { client_id: "b", scope: "openid", client_secret: SECRET },
  });
});

test("an object without members is nothing, and an entry without a name has one", () => {
  expect(listEntries({ section: "branding" }, {})).toEqual([]);
  expect(listEntries({ section: "branding" }, null)).toEqual([]);
  expect(listEntries({ section: "themes", identity: [] }, [{ colors: {} }])).toEqual([
    { name: "default", entry: { colors: {} }, path: ["themes", 0] },
  ]);
});
