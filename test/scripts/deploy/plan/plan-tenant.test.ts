import { describe, expect, test } from "@jest/globals";
import type { LiveTenant } from "../../../../scripts/deploy/kinds/live-tenant.ts";
import type { Change, Plan } from "../../../../scripts/deploy/plan/change.ts";
import type { Desired } from "../../../../scripts/deploy/plan/desired.ts";
import type { DeletionRequest } from "../../../../scripts/deploy/plan/plan-deletions.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { renderPlan } from "../../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../../scripts/deploy/plan/render-plan-json.ts";
import {
  ACTIONS,
  AUDIENCE,
  action,
  bind,
  database,
  deployed,
  deployedTenant,
  desire,
  emptyTenant,
  foreign,
  permission,
  SECRET_VALUE,
  settings,
} from "./tenants.ts";

const [first, second] = ACTIONS as [(typeof ACTIONS)[0], (typeof ACTIONS)[0]];
const summarize = (plan: Plan) => plan.changes.map(({ operation, type, name }) => `${operation} ${type} ${name}`);
const fieldsOf = (change: Change | undefined) => change?.fields.map(({ path, before, after }) => [path, before, after]);

describe("a plan", () => {
  test("has nothing in it when the tenant is as the file says, whatever order Auth0 lists things in", () => {
    const plan = planTenant(desire(), deployedTenant());
    expect(summarize(plan)).toEqual([]);
    expect(renderPlan(plan)).toEqual(["tenant.example: nothing to do"]);
  });

  test("creates everything in an empty tenant, what others refer to first", () => {
    expect(summarize(planTenant(desire(), emptyTenant))).toEqual([
      "update tenant settings",
      `create api ${AUDIENCE}`,
      "create client SPA",
      `create client-grant SPA → ${AUDIENCE}`,
      "create role editor",
      "create database Users",
      "create action first",
      "create action second",
      "reorder flow post-login",
    ]);
  });

  test.each<[string, Desired, LiveTenant, string[]]>([
    ["two Actions swapped", desire({ actions: [second, first] }), deployedTenant(), ["reorder flow post-login"]],
    [
      "a secret rotated",
      desire({
        actions: [
          first,
          {
            ...second,
            secrets: [
              { name: "KEY", value: "new" },
              { name: "MODE", value: "deny" },
            ],
          },
        ],
      }),
      deployedTenant(),
      ["update action second"],
    ],
    [
      "a secret added",
      desire({ actions: [{ ...first, secrets: [{ name: "ADDED", value: "x" }] }, second] }),
      deployedTenant(),
      ["update action first"],
    ],
    [
      "the last secret dropped",
      desire({ actions: [first, { ...second, secrets: [] }] }),
      deployedTenant(),
      ["update action second"],
    ],
    [
      "a permission taken from a role",
      desire({
        document: { roles: [{ name: "editor", description: "Edits", permissions: [permission("get:users")] }] },
      }),
      deployedTenant(),
      ["update role editor"],
    ],
    [
      "a dependency bumped",
      desire({ actions: [{ ...first, dependencies: [{ name: "stripe", version: "23.2.0" }] }, second] }),
      deployedTenant(),
      ["update action first"],
    ],
    [
      "an Action renamed",
      desire({ actions: [{ ...first, name: "renamed" }, second] }),
      deployedTenant(),
      ["create action renamed", "reorder flow post-login"],
    ],
    [
      "somebody else's Action in the middle of the flow",
      desire(),
      deployedTenant({
        action: [...ACTIONS.map((entry) => deployed(entry)), foreign("theirs")],
        flow: bind("first", "theirs", "second"),
      }),
      [],
    ],
    [
      "an Action edited by hand and deployed",
      desire(),
      deployedTenant({ action: [deployed({ ...first, code: "// edited\n" }, 1), deployed(second)] }),
      ["update action first"],
    ],
    [
      "an Action deployed anew by hand with the same code",
      desire(),
      deployedTenant({
        action: [{ ...deployed(first), live: { ...deployed(first).live!, number: 2 } }, deployed(second)],
      }),
      ["update action first"],
    ],
    [
      "a draft edited by hand that is not live yet",
      desire(),
      deployedTenant({
        action: [{ ...deployed(first), draft: { ...deployed(first).draft, code: "// draft" } }, deployed(second)],
      }),
      ["update action first"],
    ],
    [
      "a draft for another runtime that is not live yet",
      desire(),
      deployedTenant({
        action: [{ ...deployed(first), draft: { ...deployed(first).draft, runtime: "node18" } }, deployed(second)],
      }),
      ["update action first"],
    ],
    [
      "an Action that was made but never deployed",
      desire(),
      deployedTenant({
        action: [{ id: "id-of-first", name: "first", triggers: [], draft: deployed(first).draft }, deployed(second)],
      }),
      ["update action first"],
    ],
    [
      "a client whose callback differs",
      desire({ document: { clients: [{ name: "SPA", app_type: "spa", callbacks: ["https://c.example/"] }] } }),
      deployedTenant(),
      ["update client SPA"],
    ],
    [
      "a scope added to the grant",
      desire({
        document: { clientGrants: [{ client_id: "SPA", audience: AUDIENCE, scope: ["get:users", "post:users"] }] },
      }),
      deployedTenant(),
      [`update client-grant SPA → ${AUDIENCE}`],
    ],
    [
      "a client that is enabled for the database by hand and is not in the file",
      desire(),
      deployedTenant({
        client: [...deployedTenant().client, { id: "client-2", name: "Theirs", fields: {} }],
        database: [{ ...deployedTenant().database[0]!, enabledClientIds: ["client-1", "client-2"] }],
      }),
      [],
    ],
  ])("%s gives exactly its changes", (_name, desired, live, expected) => {
    expect(summarize(planTenant(desired, live))).toEqual(expected);
  });

  test("adds and removes a role's permissions one by one and leaves the record alone", () => {
    const desired = desire({
      document: {
        resourceServers: [
          { name: "API", identifier: AUDIENCE, scopes: [{ value: "get:users" }, { value: "delete:users" }] },
        ],
        roles: [
          { name: "editor", description: "Edits", permissions: [permission("get:users"), permission("delete:users")] },
        ],
      },
    });
    const change = planTenant(desired, deployedTenant()).changes.find(({ type }) => type === "role");
    expect(change).toMatchObject({
      patch: {},
      members: { add: [permission("delete:users")], remove: [permission("post:users")] },
    });
  });

  test("sends a database's options complete, because Auth0 replaces them", () => {
    const desired = desire({
      document: { databases: [database({ disable_signup: true })] },
    });
    const [change] = planTenant(desired, deployedTenant()).changes;
    expect(change).toMatchObject({ patch: { options: { disable_signup: true, brute_force_protection: true } } });
    expect(fieldsOf(change)).toEqual([["options.disable_signup", false, true]]);
  });

  test("names the one scope of an API whose description differs", () => {
    const api = {
      name: "API",
      identifier: AUDIENCE,
      scopes: [{ value: "get:users", description: "List" }, { value: "post:users" }],
    };
    const [change] = planTenant(desire({ document: { resourceServers: [api] } }), deployedTenant()).changes;
    expect(fieldsOf(change)).toEqual([["scopes[get:users].description", "Read", "List"]]);
    expect(change).toMatchObject({ patch: { scopes: api.scopes } });
  });

  test("shows a secret that was set by hand by its date", () => {
    const live = deployed(second);
    const edited = { name: "KEY", updatedAt: "2026-04-01T10:00:00.000Z" };
    const actions = [deployed(first), { ...live, live: { ...live.live!, secrets: [edited, live.live!.secrets[1]!] } }];
    const [change] = planTenant(desire(), deployedTenant({ action: actions })).changes;
    expect(fieldsOf(change)).toEqual([
      ["secrets[KEY]", "set 2026-04-01T10:00:00.000Z, apart from the others: edited by hand", "our value"],
    ]);
  });

  test.each([
    [9, 0],
    [11, 1],
  ])("takes a secret that is %i s younger than the others for one that was edited: %i", (seconds, count) => {
    const live = deployed(second);
    const other = live.live!.secrets[1]!;
    const updatedAt = new Date(Date.parse(other.updatedAt) + seconds * 1000).toISOString();
    const actions = [
      deployed(first),
      { ...live, live: { ...live.live!, secrets: [{ name: "KEY", updatedAt }, other] } },
    ];
    expect(planTenant(desire(), deployedTenant({ action: actions })).changes).toHaveLength(count);
  });

  test("takes a flag that is false for one that Auth0 leaves out", () => {
    const clients = [{ name: "SPA", sso_disabled: false }];
    expect(planTenant(desire({ document: { clients } as never }), deployedTenant()).changes).toEqual([]);
  });

  test("shows code as a unified diff", () => {
    const changed = { ...first, code: first.code.replace("// first", "// changed") };
    const [change] = planTenant(desire({ actions: [changed, second] }), deployedTenant()).changes;
    expect(change).toMatchObject({ codeDiff: expect.stringMatching(/^- {2}\/\/ first\n\+ {2}\/\/ changed$/m) });
  });

  test("does not show the marker as a difference in code", () => {
    const plan = planTenant(desire({ actions: [{ ...first, dependencies: [] }, second] }), deployedTenant());
    expect(plan.changes[0]).not.toHaveProperty("codeDiff");
  });

  test.each([
    ["text", (plan: Plan) => renderPlan(plan).join("\n")],
    ["JSON", renderPlanJson],
  ])("never shows a secret's value as %s", (_form, render) => {
    for (const live of [
      emptyTenant,
      deployedTenant({ action: [] }),
      deployedTenant({ action: [deployed(first), deployed({ ...second, secrets: [] })] }),
    ]) {
      const plan = planTenant(desire(), live);
      expect(plan.changes.length).toBeGreaterThan(0);
      expect(render(plan)).not.toContain(SECRET_VALUE);
    }
  });

  test.each<[string, Desired, LiveTenant, string]>([
    [
      "RBAC is switched on for an API that is in use",
      desire(),
      deployedTenant({
        api: [{ ...deployedTenant().api[0]!, fields: { ...deployedTenant().api[0]!.fields, enforce_policies: false } }],
      }),
      "RBAC_SWITCHED_ON",
    ],
    [
      "tokens will live shorter",
      desire(),
      deployedTenant({
        api: [{ ...deployedTenant().api[0]!, fields: { ...deployedTenant().api[0]!.fields, token_lifetime: 86_400 } }],
      }),
      "LIFETIME_SHORTENED",
    ],
    [
      "sessions will live shorter",
      desire(),
      deployedTenant({ tenant: settings({ friendly_name: "Example", session_lifetime: 720 }) }),
      "LIFETIME_SHORTENED",
    ],
    ["an Action is bound for the first time", desire(), deployedTenant({ flow: bind("first") }), "ACTION_BOUND"],
    ["an Action of ours is dropped", desire({ actions: [first] }), deployedTenant(), "ACTION_UNBOUND"],
  ])("warns when %s", (_name, desired, live, code) => {
    expect(planTenant(desired, live).warnings.map((warning) => warning.code)).toEqual([code]);
  });

  test("does not say of an Action that is bound that it never was: it may have been taken out", () => {
    const { warnings } = planTenant(desire(), deployedTenant({ flow: bind("first") }));
    expect(warnings.map(({ message }) => message)).toEqual([
      "second does not run in post-login now: this deploy binds it, and then it runs every time.",
    ]);
  });

  test("does not warn of RBAC on an API that it makes", () => {
    expect(planTenant(desire(), { ...emptyTenant, flow: bind("first", "second") }).warnings).toEqual([]);
  });

  test("shows what it does not manage and plans nothing for it", () => {
    const plan = planTenant(
      desire({ actions: [second] }),
      deployedTenant({
        action: [...deployedTenant().action, foreign("theirs")],
        client: [...deployedTenant().client, { id: "client-9", name: "Default App", fields: {} }],
        flow: bind("second"),
      }),
    );
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toEqual([
      { type: "client", name: "Default App", note: "client-9" },
      { type: "action", name: "first", note: "was ours: renamed or dropped" },
      { type: "action", name: "theirs", note: "not ours" },
    ]);
  });

  test("shows a client grant that was taken out of tenant.yaml, by its client and API", () => {
    const plan = planTenant(desire({ document: { clientGrants: [] } }), deployedTenant());
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toEqual([{ type: "client-grant", name: `SPA → ${AUDIENCE}` }]);
  });

  test("refuses to guess between two clients of one name", () => {
    const twin = { ...deployedTenant().client[0]!, id: "client-2" };
    const live = deployedTenant({ client: [...deployedTenant().client, twin] });
    expect(() => planTenant(desire(), live)).toThrow(expect.objectContaining({ code: "CLIENT_NAME_AMBIGUOUS" }));
  });

  test("has another fingerprint when anything in the tenant is another", () => {
    const one = planTenant(desire(), deployedTenant()).fingerprint;
    const other = planTenant(desire(), deployedTenant({ flow: bind("second", "first") })).fingerprint;
    const shuffled = deployedTenant();
    const same = planTenant(desire(), {
      ...shuffled,
      tenant: shuffled.tenant.map((record) => ({
        ...record,
        fields: Object.fromEntries(Object.entries(record.fields).reverse()),
      })),
    });
    expect(one).not.toBe(other);
    expect(one).toBe(same.fingerprint);
  });
});

test("a fingerprint is of all that was read, of what is null and of the order of lists too", () => {
  const of = (value: unknown) =>
    planTenant(desire({ document: { tenant: {} } }), deployedTenant({ tenant: settings({ value }) })).fingerprint;
  const fingerprints = [null, {}, [], ["a", "b"], ["b", "a"], { a: 1, b: null }].map(of);
  expect(new Set(fingerprints).size).toBe(6);
  expect(of({ b: null, a: 1 })).toBe(fingerprints.at(-1));
  for (const fingerprint of fingerprints) expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

describe("a deletion", () => {
  const live = deployedTenant({ action: [...deployedTenant().action, foreign("theirs")] });

  test("is planned for exactly what was named", () => {
    expect(summarize(planTenant(desire(), live, [{ type: "action", name: "theirs" }]))).toEqual([
      "delete action theirs",
    ]);
  });

  const system = {
    ...deployedTenant().api[0]!,
    id: "api-0",
    name: "https://example.eu.auth0.com/api/v2/",
    isSystem: true,
  };
  const twice = ["one", "other"].map((id) => ({ ...deployedTenant().client[0]!, id, name: "Twice" }));
  test.each<[string, DeletionRequest, string]>([
    ["what tenant.yaml wants", { type: "action", name: "first" }, "DELETION_WANTED"],
    ["what is not there", { type: "role", name: "ghost" }, "DELETION_UNKNOWN"],
    ["what Auth0 itself has made", { type: "api", name: system.name }, "DELETION_UNKNOWN"],
    ["what two things are called", { type: "client", name: "Twice" }, "DELETION_UNKNOWN"],
  ])("of %s is refused", (_name, request, code) => {
    const tenant = { ...live, api: [...live.api, system], client: [...live.client, ...twice] };
    expect(() => planTenant(desire(), tenant, [request])).toThrow(expect.objectContaining({ code }));
  });
});

test.each<[readonly string[], readonly string[], readonly string[]]>([
  [[], ["a", "b"], ["a", "b"]],
  [
    ["a", "x", "b"],
    ["b", "a"],
    ["b", "x", "a"],
  ],
  [["x"], ["a"], ["x", "a"]],
  [
    ["a", "x", "old", "b"],
    ["a", "b"],
    ["a", "x", "b"],
  ],
  [["old", "x"], [], ["x"]],
  [
    ["x", "a", "y"],
    ["a", "b", "c"],
    ["x", "a", "y", "b", "c"],
  ],
  [["old", "x", "a"], ["a"], ["x", "a"]],
  [
    ["old", "x", "a"],
    ["new", "a"],
    ["new", "x", "a"],
  ],
  [
    ["a", "x", "b"],
    ["new", "a", "b"],
    ["new", "a", "x", "b"],
  ],
  [
    ["a", "x", "b", "y"],
    ["a", "new", "b"],
    ["a", "x", "new", "b", "y"],
  ],
  [["old", "x", "older", "y", "a"], ["a"], ["x", "y", "a"]],
])("a flow %j with ours in the order %j becomes %j", async (live, ours, expected) => {
  const { orderBindings } = await import("../../../../scripts/deploy/kinds/flow/order-bindings.ts");
  expect(orderBindings(live, ours, (name) => !["x", "y"].includes(name))).toEqual(expected);
});

test("an Action by another project's deploy is not ours", () => {
  const theirs = deployed(action("shared"));
  const code = theirs.live!.code.replace("this-project", "another-project");
  const live = deployedTenant({
    action: [...deployedTenant().action, { ...theirs, live: { ...theirs.live!, code } }],
    flow: bind("first", "shared", "second"),
  });
  expect(planTenant(desire(), live).changes).toEqual([]);
});
