import { describe, expect, test } from "@jest/globals";
import { listInventory } from "../../../scripts/rehearse/list-inventory.ts";
import { renderRows } from "../../../scripts/rehearse/render.ts";
import { renderRowsJson } from "../../../scripts/rehearse/render-json.ts";
import { isRight } from "../../../scripts/rehearse/row.ts";
import { plain } from "../../../scripts/terminal/paint.ts";
import { emptyTenant } from "../deploy/plan/tenants.ts";

const api = "https://api.example/";
const permission = { permission_name: "get:x", resource_server_identifier: api };

/** A tenant that is as its document says. */
function rightDeployment() {
  const content = {
    code: "code",
    runtime: "node22",
    dependencies: [{ name: "stripe", version: "1.0.0" }],
    secrets: [{ name: "KEY", updatedAt: "" }],
  };
  return {
    document: {
      resourceServers: [
        { name: "API", identifier: api, signing_alg: "RS256", enforce_policies: true, scopes: [{ value: "get:x" }] },
      ],
      clients: [{ name: "SPA", app_type: "spa", grant_types: ["refresh_token"], callbacks: ["https://app.example"] }],
      clientGrants: [{ client_id: "SPA", audience: api, scope: ["get:x"] }],
      roles: [{ name: "viewer", permissions: [permission] }],
      databases: [{ name: "db", enabled_clients: ["SPA"] }],
      triggers: { "post-login": [{ action_name: "one" }] },
    },
    build: {
      actions: [{ name: "one", code: "code", dependencies: ["stripe@1.0.0"], secrets: ["KEY"] }],
    },
    live: {
      ...emptyTenant,
      domain: "localhost:1",
      tenant: [],
      api: [
        {
          id: "1",
          name: api,
          isSystem: false,
          fields: { signing_alg: "RS256", enforce_policies: true, scopes: [{ value: "get:x" }] },
        },
      ],
      client: [
        {
          id: "c1",
          name: "SPA",
          fields: { app_type: "spa", grant_types: ["refresh_token"], callbacks: ["https://app.example"] },
        },
      ],
      "client-grant": [{ id: "g1", name: `SPA → ${api}`, fields: { scope: ["get:x"] } }],
      role: [{ id: "r1", name: "viewer", fields: {}, permissions: [permission] }],
      database: [{ id: "d1", name: "db", fields: {}, enabledClientIds: ["c1"] }],
      action: [
        {
          id: "a1",
          name: "one",
          triggers: [],
          draft: { ...content, status: "built" },
          live: { ...content, versionId: "v1", number: 1, since: "" },
        },
      ],
      flow: [
        {
          id: "post-login",
          name: "post-login",
          bindings: [{ id: "b1", actionId: "a1", actionName: "one", displayName: "one" }],
        },
      ],
    },
  };
}

type Parts = ReturnType<typeof rightDeployment>;
const list = (deployment: Parts) => listInventory(deployment);

function problemsAfter(change: (live: Parts["live"]) => void): readonly string[] {
  const deployment = rightDeployment();
  change(deployment.live);
  return list(deployment).flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
}

describe("what a rehearsal finds in the tenant", () => {
  test("is right row by row, a row for everything that tenant.yaml names", () => {
    const rows = list(rightDeployment());
    expect(rows.filter((row) => !isRight(row))).toEqual([]);
    expect(rows.map(({ section }) => section)).toEqual([
      "apis",
      "applications",
      "grants",
      "roles",
      "databases",
      "actions",
      "flows",
    ]);
  });

  test.each<[string, (live: Parts["live"]) => void, string]>([
    [
      "an API without a scope",
      (live) => {
        live.api[0]!.fields.scopes = [];
      },
      `${api}: scopes without get:x`,
    ],
    [
      "an API with RBAC off",
      (live) => {
        live.api[0]!.fields.enforce_policies = false;
      },
      `${api}: RBAC: false instead of true`,
    ],
    [
      "an application of another type",
      (live) => {
        live.client[0]!.fields.app_type = "native";
      },
      "SPA: type: native instead of spa",
    ],
    [
      "an application that is there twice",
      (live) => {
        live.client.push({ ...live.client[0]!, id: "c2" });
      },
      "SPA: number of applications of that name: 2 instead of 1",
    ],
    [
      "a callback too many",
      (live) => {
        live.client[0]!.fields.callbacks.push("https://evil.example");
      },
      "SPA: callbacks with https://evil.example, which does not belong there",
    ],
    [
      "a grant too few",
      (live) => {
        live["client-grant"] = [];
      },
      "SPA: number of grants: 0 instead of 1",
    ],
    [
      "a role without a permission",
      (live) => {
        live.role[0]!.permissions = [];
      },
      `viewer: permissions without get:x of ${api}`,
    ],
    [
      "a permission of another API",
      (live) => {
        live.role[0]!.permissions.push({ ...permission, resource_server_identifier: "https://other/" });
      },
      "viewer: permissions with get:x of https://other/, which does not belong there",
    ],
    [
      "a client that may not use the database",
      (live) => {
        live.database[0]!.enabledClientIds = [];
      },
      "db: enabled clients without SPA",
    ],
    [
      "an Action that is not built",
      (live) => {
        live.action[0]!.draft.status = "failed";
      },
      "one: one is not built: its status is failed",
    ],
    [
      "an Action that was written twice",
      (live) => {
        live.action[0]!.live.number = 2;
      },
      "one: version: 2 instead of 1",
    ],
    [
      "a secret too few",
      (live) => {
        live.action[0]!.live.secrets = [];
      },
      "one: secrets without KEY",
    ],
    [
      "another version of a dependency",
      (live) => {
        live.action[0]!.live.dependencies = [{ name: "stripe", version: "2.0.0" }];
      },
      "one: dependencies without stripe@1.0.0",
    ],
    [
      "a flow that runs nothing",
      (live) => {
        live.flow = [];
      },
      "post-login: post-login runs none of them, not one",
    ],
  ])("%s makes its row wrong", (_name, change, problem) => {
    expect(problemsAfter(change)).toContain(problem);
  });

  test("as JSON every row has its name and whether it is right, and a wrong one says why", () => {
    const deployment = rightDeployment();
    deployment.live.role[0]!.permissions = [];
    const { rows } = JSON.parse(renderRowsJson(list(deployment))) as { rows: Record<string, unknown>[] };
    expect(rows.map(({ name, ok }) => [name, ok])).toEqual([
      [api, true],
      ["SPA", true],
      ["SPA", true],
      ["viewer", false],
      ["db", true],
      ["one", true],
      ["post-login", true],
    ]);
    expect(rows.find(({ ok }) => ok === false)).toMatchObject({ problems: [`permissions without get:x of ${api}`] });
  });

  test("for a person a wrong row is marked, explained and counted", () => {
    const deployment = rightDeployment();
    deployment.live.action[0]!.live.number = 2;
    const text = renderRows(list(deployment), plain);
    expect(text).toMatch(/^✗ {2}one /m);
    expect(text).toContain("✗ one: version: 2 instead of 1");
    expect(text).toMatch(/1 of 7 rows are wrong\.$/);
  });
});
