import { describe, expect, test } from "@jest/globals";
import type { Change } from "../../../../scripts/deploy/plan/change.ts";
import type { Desired, DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import {
  ACTIONS,
  AUDIENCE,
  bind,
  database,
  deployedTenant,
  desire,
  emptyTenant,
  foreign,
  permission,
} from "./tenants.ts";

const [first, second] = ACTIONS as [DesiredAction, DesiredAction];
const membersOf = (changes: readonly Change[]) =>
  changes.map((change) => (change.operation === "update" ? change.members : undefined));
const desireDocument = (document: Partial<TenantDocument>) => desire({ document });

function omit<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}

/** An Action as tenant.yaml has it when it lacks a key. */
const without = (action: DesiredAction, key: keyof DesiredAction) => omit(action, key) as DesiredAction;

describe("a key that tenant.yaml does not have is not managed", () => {
  test.each<[string, Desired]>([
    ["enabled_clients of a database", desireDocument({ databases: [omit(database({}), "enabled_clients")] })],
    ["permissions of a role", desireDocument({ roles: [{ name: "editor" }] })],
    ["scope of a client grant", desireDocument({ clientGrants: [{ client_id: "SPA", audience: AUDIENCE }] })],
    ["scopes of an API", desireDocument({ resourceServers: [{ name: "API", identifier: AUDIENCE }] })],
    ["callbacks of a client", desireDocument({ clients: [{ name: "SPA" }] })],
    ["secrets of an Action", desire({ actions: [first, without(second, "secrets")] })],
    ["dependencies of an Action", desire({ actions: [without(first, "dependencies"), second] })],
    ["the runtime of an Action", desire({ actions: [without(first, "runtime"), second] })],
    ["the flow of a trigger", desireDocument({ triggers: {} })],
  ])("%s", (_what, desired) => {
    expect(planTenant(desired, deployedTenant())).toMatchObject({ changes: [], warnings: [] });
  });

  test.each([
    "triggers",
    "actions",
    "roles",
    "databases",
    "clients",
    "clientGrants",
    "resourceServers",
    "tenant",
  ] as const)("the section %s", (section) => {
    const document = omit(desire().document, section);
    const actions = section === "actions" ? [] : ACTIONS;
    expect(planTenant({ ...desire(), actions, document }, deployedTenant()).changes).toEqual([]);
  });

  test("an Action of another section's making is not taken out of a flow with clients alone in the file", () => {
    const desired = { ...desire({ actions: [] }), document: { clients: [] } };
    const live = deployedTenant({
      action: [...deployedTenant().action, foreign("x")],
      flow: bind("first", "x", "second"),
    });
    expect(planTenant(desired, live).changes).toEqual([]);
  });

  test.each<keyof DesiredAction>(["secrets", "dependencies", "runtime"])("%s of an Action that is made", (key) => {
    const [change] = planTenant(desire({ actions: [without(second, key)] }), {
      ...emptyTenant,
      api: deployedTenant().api,
    }).changes.filter(({ type }) => type === "action");
    expect(change?.fields.filter(({ path }) => path.startsWith(key))).toEqual([]);
  });
});

describe("an empty list empties", () => {
  const others = { id: "client-2", name: "Theirs", fields: {} };

  test("the clients of a database, those of others too", () => {
    const live = deployedTenant({
      client: [...deployedTenant().client, others],
      database: [{ ...deployedTenant().database[0]!, enabledClientIds: ["client-1", "client-2"] }],
    });
    const { changes } = planTenant(desireDocument({ databases: [{ ...database({}), enabled_clients: [] }] }), live);
    expect(membersOf(changes)).toEqual([{ add: [], remove: ["client-1", "client-2"] }]);
  });

  test("the permissions of a role", () => {
    const { changes } = planTenant(desireDocument({ roles: [{ name: "editor", permissions: [] }] }), deployedTenant());
    expect(membersOf(changes)).toEqual([{ add: [], remove: [permission("post:users"), permission("get:users")] }]);
  });

  test.each<[string, Desired, readonly string[]]>([
    ["secrets", desire({ actions: [first, { ...second, secrets: [] }] }), ["secrets[KEY]", "secrets[MODE]"]],
    ["dependencies", desire({ actions: [{ ...first, dependencies: [] }, second] }), ["dependencies[stripe]"]],
  ])("the %s of an Action", (_what, desired, paths) => {
    const { changes } = planTenant(desired, deployedTenant());
    expect(changes.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(paths);
  });

  test("a flow, but for Actions that are not ours", () => {
    const live = deployedTenant({
      action: [...deployedTenant().action, foreign("x")],
      flow: bind("first", "x", "second"),
    });
    const { changes } = planTenant(desireDocument({ triggers: { "post-login": [] } }), live);
    expect(changes).toMatchObject([{ operation: "reorder", after: [{ actionName: "x" }] }]);
  });
});

describe("a plan warns", () => {
  const twoClients = [...deployedTenant().client, { id: "client-2", name: "App", fields: {} }];
  const inFile = [{ name: "SPA" }, { name: "App" }];
  const users = (...enabledClientIds: readonly string[]) => ({ ...deployedTenant().database[0]!, enabledClientIds });
  const codes = (desired: Desired, live = deployedTenant()) =>
    planTenant(desired, live).warnings.map(({ code, message }) => [code, message] as const);

  test("when a client loses its last database", () => {
    const live = deployedTenant({ client: twoClients, database: [users("client-1", "client-2")] });
    const desired = desireDocument({ clients: inFile, databases: [{ name: "Users", enabled_clients: ["SPA"] }] });
    expect(codes(desired, live)).toEqual([["CLIENT_WITHOUT_DATABASE", expect.stringMatching(/^App .*Users/)]]);
  });

  test("not when another database keeps the client, or takes it", () => {
    const more = { ...users("client-2"), id: "con-2", name: "More" };
    const live = deployedTenant({ client: twoClients, database: [users("client-1", "client-2"), more] });
    const kept = { name: "More", enabled_clients: ["App"] };
    const databases = [{ name: "Users", enabled_clients: ["SPA"] }, kept];
    expect(codes(desireDocument({ clients: inFile, databases }), live)).toEqual([]);
    const other = deployedTenant({ client: twoClients, database: [users("client-1", "client-2")] });
    expect(codes(desireDocument({ clients: inFile, databases }), other)).toEqual([]);
  });

  test("when a database loses its last client", () => {
    const desired = desireDocument({ databases: [{ name: "Users", enabled_clients: [] }] });
    expect(codes(desired).map(([code]) => code)).toEqual(["DATABASE_WITHOUT_CLIENTS", "CLIENT_WITHOUT_DATABASE"]);
  });

  test("when a role loses its last permission, and when none has one any more", () => {
    const reader = { ...deployedTenant().role[0]!, id: "role-2", name: "reader" };
    const live = deployedTenant({ role: [...deployedTenant().role, reader] });
    const roles = [{ name: "editor", permissions: [] }, { name: "reader" }];
    expect(codes(desireDocument({ roles }), live)).toEqual([["ROLE_EMPTIED", expect.stringContaining("editor")]]);
    const none = [
      { name: "editor", permissions: [] },
      { name: "reader", permissions: [] },
    ];
    expect(codes(desireDocument({ roles: none }), live).map(([code]) => code)).toEqual([
      "ROLE_EMPTIED",
      "ROLE_EMPTIED",
      "PERMISSIONS_EMPTIED",
    ]);
  });
});
