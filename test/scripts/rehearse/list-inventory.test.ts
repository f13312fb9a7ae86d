import { describe, expect, test } from "@jest/globals";
import type { LiveTenant } from "../../../scripts/deploy/kinds/live-tenant.ts";
import { listInventory } from "../../../scripts/rehearse/list-inventory.ts";
import { renderRows } from "../../../scripts/rehearse/render.ts";
import { renderRowsJson } from "../../../scripts/rehearse/render-json.ts";
import { isRight } from "../../../scripts/rehearse/row.ts";
import { plain } from "../../../scripts/terminal/paint.ts";
import { AUDIENCE, bind, deployedTenant, desire, permission } from "../deploy/plan/tenants.ts";

const { api, client, role, database, action } = deployedTenant();
const list = (change: Partial<LiveTenant> = {}) => listInventory(desire(), deployedTenant(change));
const roleWith = (...permissions: readonly ReturnType<typeof permission>[]) => ({
  role: [{ ...role[0]!, permissions }],
});
const withFields = <T extends { readonly fields: object }>(record: T | undefined, fields: object): T =>
  ({ ...record, fields: { ...record?.fields, ...fields } }) as T;
const grantName = `SPA → ${AUDIENCE}`;

describe("what a rehearsal finds in the tenant", () => {
  test("is right row by row, a row for everything that tenant.yaml names", () => {
    const rows = list();
    expect(rows.filter((row) => !isRight(row))).toEqual([]);
    expect(rows.map(({ section, name }) => `${section} ${name}`)).toEqual([
      "settings settings",
      `apis ${AUDIENCE}`,
      "applications SPA",
      `grants ${grantName}`,
      "roles editor",
      "databases Users",
      "actions first",
      "actions second",
      "flows post-login",
    ]);
  });

  test.each<[string, Partial<LiveTenant>, string, string]>([
    [
      "an API without a scope",
      { api: [withFields(api[0], { scopes: [{ value: "get:users", description: "Read" }] })] },
      AUDIENCE,
      'scopes[post:users]: nothing instead of {"value":"post:users"}',
    ],
    [
      "an API with RBAC off",
      { api: [withFields(api[0], { enforce_policies: false })] },
      AUDIENCE,
      "enforce_policies: false instead of true",
    ],
    [
      "an application of another type",
      { client: [withFields(client[0], { app_type: "native" })] },
      "SPA",
      "app_type: native instead of spa",
    ],
    ["a grant too few", { "client-grant": [] }, grantName, "the tenant does not have it"],
    [
      "a role without a permission",
      roleWith(permission("get:users")),
      "editor",
      `permissions: nothing instead of post:users on ${AUDIENCE}`,
    ],
    [
      "a permission too many",
      roleWith(permission("get:users"), permission("post:users"), permission("x")),
      "editor",
      `permissions: x on ${AUDIENCE} instead of nothing`,
    ],
    [
      "a client that may not use the database",
      { database: [{ ...database[0]!, enabledClientIds: [] }] },
      "Users",
      "enabled_clients: nothing instead of SPA",
    ],
    [
      "an Action that was written twice",
      { action: [{ ...action[0]!, live: { ...action[0]!.live!, number: 2 } }, action[1]!] },
      "first",
      "it has version 2, so it was written twice",
    ],
    [
      "an Action with other code",
      { action: [{ ...action[0]!, live: { ...action[0]!.live!, code: "other" } }, action[1]!] },
      "first",
      "its code is not this build's",
    ],
    [
      "an Action that was never deployed",
      { action: [{ ...action[0]!, live: undefined } as unknown as (typeof action)[0], action[1]!] },
      "first",
      "deployed: never instead of version 1",
    ],
    ["a flow that runs nothing", { flow: bind() }, "post-login", "it runs nothing, not first, second"],
  ])("%s makes its row wrong, and no other", (_what, change, name, problem) => {
    const wrong = list(change).filter((row) => !isRight(row));
    expect(wrong.map((row) => row.name)).toEqual([name]);
    expect(wrong[0]?.problems).toContain(problem);
  });

  test("as JSON every row has its name and whether it is right, and a wrong one says why", () => {
    const { rows } = JSON.parse(renderRowsJson(list(roleWith(permission("get:users"))))) as {
      rows: Record<string, unknown>[];
    };
    expect(rows).toHaveLength(9);
    const wrong = rows.filter(({ ok }) => ok === false);
    expect(wrong).toMatchObject([{ name: "editor", problems: [expect.stringContaining("post:users")] }]);
  });

  test("for a person a wrong row is marked, explained and counted", () => {
    const text = renderRows(list(roleWith(permission("get:users"))), plain);
    expect(text).toMatch(/^✗ {2}editor /m);
    expect(text).toContain("✗ editor: permissions: nothing instead of post:users");
    expect(text).toMatch(/1 of 9 rows are wrong\.$/);
  });
});
