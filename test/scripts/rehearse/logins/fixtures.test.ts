import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../../scripts/command.ts";
import { readFixtures } from "../../../../scripts/own-rows/fixtures.ts";
import { listScenarios } from "../../../../scripts/rehearse/logins/scenarios/list-scenarios.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";

const api = "https://api.example/";
const ACTIONS = ["require-verified-email", "sync-stripe-customer", "filter-scopes", "add-email-claim"];
const document: TenantDocument = {
  resourceServers: [{ name: "API", identifier: api, scopes: [{ value: "get:x" }, { value: "delete:x" }] }],
  clients: [
    { name: "Worker", token_endpoint_auth_method: "client_secret_post", grant_types: ["client_credentials"] },
    {
      name: "SPA",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      callbacks: ["https://app.example", "https://app.example/"],
    },
  ],
  clientGrants: [{ client_id: "Worker", audience: api, scope: ["get:x"] }],
  databases: [{ name: "db", enabled_clients: ["SPA"] }],
  roles: [{ name: "reader", permissions: [{ permission_name: "get:x", resource_server_identifier: api }] }],
  triggers: { "post-login": ACTIONS.map((action_name) => ({ action_name })) },
};
const withSetting = (action: string, name: string, value: string): TenantDocument => ({
  ...document,
  actions: [{ name: action, code: "", supported_triggers: [], secrets: [{ name, value }] }],
});

describe("who logs in", () => {
  test("is read from tenant.yaml: the API, the public client and a callback that is a whole URL", () => {
    expect(readFixtures(document)).toMatchObject({
      audience: api,
      spa: { name: "SPA", callback: "https://app.example/" },
      database: "db",
      roles: [{ name: "reader", scopes: ["get:x"] }],
      worker: { name: "Worker", scopes: ["get:x"] },
    });
  });

  test.each<[string, TenantDocument, RegExp]>([
    ["no API", { ...document, resourceServers: [] }, /an API/],
    ["no public client", { ...document, clients: document.clients?.slice(0, 1) ?? [] }, /a public client/],
    ["a database that the client may not use", { ...document, databases: [{ name: "db" }] }, /a database that SPA/],
  ])("%s is refused by what is missing", (_name, incomplete, text) => {
    expect(() => readFixtures(incomplete)).toThrow(CommandError);
    expect(() => readFixtures(incomplete)).toThrow(text);
  });
});

describe("the scenarios", () => {
  const steps = (of: TenantDocument) => listScenarios(readFixtures(of)).flatMap((scenario) => scenario.steps);
  const find = (of: TenantDocument, name: string) => steps(of).find((step) => step.name === name)?.expected;

  test("are one row for every promise and every role", () => {
    expect(steps(document).map(({ name }) => name)).toEqual([
      "new user",
      "refresh",
      "returning user",
      "no roles",
      "reader",
      "scope not granted",
      "unverified email",
      "email verified",
      "known to Stripe",
      "answer lost",
      "Stripe down",
      "Stripe up again",
      "machine to machine",
    ]);
  });

  test("expect of a role what it grants, and nothing that it does not", () => {
    expect(find(document, "reader")?.permissions).toEqual(["get:x"]);
    expect(find(document, "scope not granted")?.scopes).toContain("get:x");
    const requested = withSetting("filter-scopes", "SCOPES", "requested");
    expect(find(requested, "scope not granted")?.scopes).not.toContain("get:x");
  });

  describe("of a machine whose organization pays", () => {
    const PAYS = "require-organization-subscription";
    const grant = { client_id: "Worker", audience: api, scope: ["get:x", "get:paid"] };
    const bound = (organization_usage: string): TenantDocument => ({
      ...document,
      clientGrants: [{ ...grant, organization_usage }],
      triggers: { ...document.triggers, "credentials-exchange": [{ action_name: "other" }, { action_name: PAYS }] },
    });
    const machines = (of: TenantDocument) =>
      listScenarios(readFixtures(of, ["get:paid"]))
        .flatMap((scenario) => scenario.steps)
        .filter(({ expected }) => expected.grantType === "client-credentials")
        .map(({ name, expected }) => [name, expected.scopes, expected.effects]);
    const alone = (effect: string) => ["machine to machine", grant.scope, [["other"], [PAYS, effect]]];
    const organizations = [
      ["organization's machine", ["get:x"], [["other"], [PAYS, "changed"]]],
      ["paying organization", ["get:x", "get:paid"], [["other"], [PAYS, "changed"]]],
    ];

    test.each([
      ["may name an organization", "allow", [alone("passed"), ...organizations]],
      ["must name one", "require", organizations],
      ["may not", "deny", [alone("passed")]],
    ])("are there where it %s", (_what, usage, rows) => {
      expect(machines(bound(usage))).toEqual(rows);
    });

    test("are not there without the Action", () => {
      const unbound = { ...bound("allow"), triggers: document.triggers ?? {} };
      expect(machines(unbound)).toEqual([["machine to machine", grant.scope, []]]);
    });
  });

  test("expect Stripe's failure to deny the login unless it is allowed", () => {
    expect(find(document, "Stripe down")?.refusal).toBeDefined();
    expect(
      find(withSetting("sync-stripe-customer", "STRIPE_FAILURE", "allow"), "Stripe down")?.refusal,
    ).toBeUndefined();
  });

  test("expect the same of the redirect on both of its sides", () => {
    expect(find(document, "email verified")?.effects.map(([name]) => name)).toEqual([ACTIONS[0], ...ACTIONS]);
    expect(find(document, "unverified email")?.effects).toEqual([
      ["require-verified-email", "redirected"],
      ["require-verified-email", "denied"],
    ]);
  });
});
