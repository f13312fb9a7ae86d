import { describe, expect, test } from "@jest/globals";
import { listDifferences } from "../../../scripts/deploy/live/list-differences.ts";
import type { LiveTenant } from "../../../scripts/deploy/live/live-tenant.ts";
import { ACTIONS, bind, deployed, deployedTenant, foreign, permission } from "./plan/tenants.ts";

const before = deployedTenant();
const [first, second] = ACTIONS as [(typeof ACTIONS)[0], (typeof ACTIONS)[0]];
const client = before.clients[0]!;
const role = before.roles[0]!;
const database = before.databases[0]!;

describe("what is not as it was", () => {
  test.each<[string, Partial<LiveTenant>, readonly string[]]>([
    ["nothing", {}, []],
    ["what is new alone", { actions: [...before.actions, foreign("new")] }, []],
    [
      "a version with the same content and another number, as going back leaves it",
      {
        actions: before.actions.map((action) => ({ ...action, live: { ...action.live!, number: 9, versionId: "x" } })),
      },
      [],
    ],
    ["a date that Auth0 moves", { settings: { ...before.settings, updated_at: "2026-03-02" } }, []],
    ["a setting", { settings: { ...before.settings, friendly_name: "Other" } }, ["tenant settings: friendly_name"]],
    [
      "a field that was not there",
      { clients: [{ ...client, fields: { ...client.fields, web_origins: ["https://x.example"] } }] },
      ["client SPA: web_origins"],
    ],
    ["a record that is gone", { clients: [] }, ["client SPA (gone)"]],
    [
      "a permission more",
      { roles: [{ ...role, permissions: [...role.permissions, permission("x")] }] },
      ["permissions of editor"],
    ],
    ["a client less", { databases: [{ ...database, enabledClientIds: [] }] }, ["clients of Users"]],
    [
      "other code",
      { actions: [deployed({ ...first, code: "// other\n" }), deployed(second)] },
      ["version 1 of first", "the draft of first"],
    ],
    [
      "a draft alone",
      { actions: [{ ...deployed(first), draft: { ...deployed(first).draft, code: "// other\n" } }, deployed(second)] },
      ["the draft of first"],
    ],
    ["the order", { bindings: bind("second", "first") }, ["the order of post-login"]],
  ])("%s", (_, change, differences) => {
    expect(listDifferences(before, deployedTenant(change))).toEqual(differences);
  });
});
