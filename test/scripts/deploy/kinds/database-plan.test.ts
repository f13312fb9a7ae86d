import { describe, expect, test } from "@jest/globals";
import { listRequiredScopes } from "../../../../scripts/deploy/checks/required-scopes.ts";
import { database as kind } from "../../../../scripts/deploy/kinds/database/kind.ts";
import type { TenantReader } from "../../../../scripts/deploy/kinds/kind.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { database, deployedTenant, desire } from "../plan/tenants.ts";

const READ = "read:connections_options";
const UPDATE = "update:connections_options";

describe("the scopes of a database's options", () => {
  const optionScopes = (document: TenantDocument, purpose: "plan" | "deploy" = "deploy") =>
    listRequiredScopes({ document, purpose })
      .map(({ scope }) => scope)
      .filter((scope) => scope.endsWith("_options"));

  test.each<[string, TenantDocument, "plan" | "deploy", readonly string[]]>([
    ["a database with options is deployed", { databases: [database({})] }, "deploy", [READ, UPDATE]],
    ["a database with options is planned", { databases: [database({})] }, "plan", [READ]],
    ["a database without options is deployed", { databases: [{ name: "Users" }] }, "deploy", [READ]],
    ["tenant.yaml has no databases", { clients: [] }, "deploy", []],
  ])("are asked for when %s", (_when, document, purpose, expected) => {
    expect(optionScopes(document, purpose)).toEqual(expected);
  });
});

describe("options that could not be read", () => {
  const [users] = deployedTenant().database;
  const unread = deployedTenant({ database: [{ ...users!, fields: { is_domain_connection: false } }] });

  test("are refused when tenant.yaml has some, by the scope that is lacking", () => {
    const document = { databases: [database({ disable_signup: true })] };
    expect(() => planTenant(desire({ document }), unread)).toThrow(
      expect.objectContaining({ code: "DEPLOY_SCOPE_MISSING", message: expect.stringContaining(READ), exitCode: 2 }),
    );
  });

  test("are left alone when tenant.yaml has none", () => {
    const document = { databases: [{ name: "Users", enabled_clients: ["SPA"] }] };
    expect(planTenant(desire({ document }), unread).changes).toEqual([]);
  });
});

test("a database of which Auth0 answers next to nothing is read with nothing in it", async () => {
  const rows = [{ strategy: "auth0" }];
  const management = { connections: { list: async () => rows } } as unknown as TenantReader["management"];
  const read = await kind.read({ management, document: {} } as TenantReader);
  expect(read).toEqual([{ id: "", name: "", fields: { strategy: "auth0" }, enabledClientIds: [] }]);
});
