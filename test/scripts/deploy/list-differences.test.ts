import { describe, expect, test } from "@jest/globals";
import type { LiveTenant } from "../../../scripts/deploy/kinds/live-tenant.ts";
import { listDifferences } from "../../../scripts/deploy/live/list-differences.ts";
import { ACTIONS, bind, deployed, deployedTenant, foreign, permission, settings } from "./plan/tenants.ts";

const before = deployedTenant();
const [first, second] = ACTIONS as [(typeof ACTIONS)[0], (typeof ACTIONS)[0]];
const client = before.client[0]!;
const role = before.role[0]!;
const database = before.database[0]!;

describe("what is not as it was", () => {
  test.each<[string, Partial<LiveTenant>, readonly string[]]>([
    ["nothing", {}, []],
    ["what is new alone", { action: [...before.action, foreign("new")] }, []],
    [
      "a version with the same content and another number, as rolling back leaves it",
      {
        action: before.action.map((action) => ({ ...action, live: { ...action.live!, number: 9, versionId: "x" } })),
      },
      [],
    ],
    ["a date that Auth0 moves", { tenant: settings({ ...before.tenant[0]!.fields, updated_at: "2026-03-02" }) }, []],
    [
      "a setting",
      { tenant: settings({ ...before.tenant[0]!.fields, friendly_name: "Other" }) },
      ["tenant settings: friendly_name"],
    ],
    [
      "a field that was not there",
      { client: [{ ...client, fields: { ...client.fields, web_origins: ["https://x.example"] } }] },
      ["client SPA: web_origins"],
    ],
    ["a record that is gone", { client: [] }, ["client SPA (gone)"]],
    [
      "a permission more",
      { role: [{ ...role, permissions: [...role.permissions, permission("x")] }] },
      ["permissions of editor"],
    ],
    ["a client less", { database: [{ ...database, enabledClientIds: [] }] }, ["clients of Users"]],
    [
      "other code",
      { action: [deployed({ ...first, code: "// other\n" }), deployed(second)] },
      ["version 1 of first", "the draft of first"],
    ],
    [
      "a draft alone",
      { action: [{ ...deployed(first), draft: { ...deployed(first).draft, code: "// other\n" } }, deployed(second)] },
      ["the draft of first"],
    ],
    ["the order", { flow: bind("second", "first") }, ["the order of post-login"]],
  ])("%s", (_, change, differences) => {
    expect(listDifferences(before, deployedTenant(change))).toEqual(differences);
  });
});
