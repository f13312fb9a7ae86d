import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { LOGIN_FAILED } from "../../../actions/shared/fail-closed.ts";
import { API_IDENTIFIER, buildEvent, type EventChanges, type LoginKind } from "../../support/actions/event.ts";
import { type RunOptions, runAction } from "../../support/actions/run-action.ts";

const SECRETS = { API_IDENTIFIER };
const withRoles = (...roles: string[]): EventChanges => ({ authorization: { roles } });

let action: unknown;
beforeEach(async () => {
  // An instance remembers that it has logged the lack of target scopes: every test gets a new one.
  jest.resetModules();
  action = await import("../../../actions/filter-scopes/action.ts");
});
afterEach(() => {
  jest.resetModules();
});

const run = (kind: LoginKind, changes: EventChanges[], options?: RunOptions) =>
  runAction(action, buildEvent(kind, { secrets: SECRETS }, ...changes), options);

describe("with SCOPES=requested the token has what was requested, is assigned and is granted by a role", () => {
  const requestedOnly: EventChanges = { secrets: { SCOPES: "requested" } };

  test.each<[string, string[], string[], string[]]>([
    ["no role", [], ["get:users", "delete:users"], ["openid"]],
    ["a role that grants one", ["viewer"], ["get:users", "delete:users", "get:orders"], ["openid", "get:users"]],
    ["two roles", ["viewer", "editor"], ["get:users", "post:users"], ["openid", "get:users"]],
    ["a role, but RBAC assigned nothing", ["viewer"], [], ["openid"]],
    ["a role that tenant.yaml does not have", ["owner"], ["get:users", "delete:users"], ["openid"]],
  ])("%s", async (_state, roles, assigned, scopes) => {
    const done = await run("database", [requestedOnly, withRoles(...roles)], { assigned });
    expect(done.scopes).toEqual(scopes);
  });

  test.each<[LoginKind]>([
    ["database"],
    ["social"],
    ["enterprise"],
    ["SMS without email"],
    ["refresh exchange"],
    ["silent"],
    ["password grant"],
    ["device"],
    ["organization"],
  ])("whatever kind of login it is, even if RBAC is off: %s", async (kind) => {
    const requested = ["openid", "profile", "get:users", "post:users", "delete:users", "get:orders"];
    const done = await run(kind, [requestedOnly, withRoles("viewer")], { requested });
    expect(done.scopes).toEqual(["openid", "profile", "get:users", "get:orders"]);
  });
});

describe("with SCOPES=assigned, the default, the token has all that is assigned and granted, asked for or not", () => {
  test.each<[LoginKind]>([["database"], ["refresh exchange"], ["password grant"], ["organization"]])(
    "%s",
    async (kind) => {
      const options = { assigned: ["get:users", "get:orders", "delete:users"], requested: ["openid"] };
      expect((await run(kind, [withRoles("viewer")], options)).scopes).toEqual(["openid", "get:users", "get:orders"]);
    },
  );

  test("what RBAC does not assign stays out, although the role grants it", async () => {
    const done = await run("database", [withRoles("viewer")], { assigned: ["get:orders"], requested: ["openid"] });
    expect(done.scopes).toEqual(["openid", "get:orders"]);
  });

  test("nothing is added directly: that would pass by RBAC", async () => {
    const { effects } = await run("database", [withRoles("viewer", "editor")]);
    const operations = effects.flatMap((effect) => (effect.type === "modify-scope" ? [effect.operation] : []));
    expect(new Set(operations)).toEqual(new Set(["remove"]));
  });

  test("where the tenant has no target scopes the requested ones stand, and an instance logs it once", async () => {
    const options = { settings: { targetScopes: false }, assigned: ["get:users", "get:orders"] };
    const first = await run("database", [withRoles("viewer")], options);
    const second = await run("database", [withRoles("viewer")], options);
    expect([first.scopes, second.scopes]).toEqual([
      ["openid", "get:users"],
      ["openid", "get:users"],
    ]);
    expect([first.denied, second.denied]).toEqual([undefined, undefined]);
    expect(first.logs).toEqual([
      "filter-scopes: no target scopes in this tenant, the requested scopes stand (Error: Method not implemented.)",
    ]);
    expect(second.logs).toEqual([]);
  });
});

describe("permissions from elsewhere", () => {
  const requested = ["get:users", "post:users", "delete:users"];
  const extension: EventChanges = {
    user: { app_metadata: { authorization: { permissions: ["delete:users", "fly:planes", 7], roles: ["owner"] } } },
  };

  test("DIRECT_PERMISSIONS=keep leaves removal to RBAC", async () => {
    const changes = [withRoles("viewer"), { secrets: { DIRECT_PERMISSIONS: "keep", SCOPES: "requested" } }];
    const done = await run("database", changes, { assigned: ["get:users", "delete:users"], requested });
    expect(done.scopes).toEqual(["get:users", "delete:users"]);
  });

  test("DIRECT_PERMISSIONS=keep still offers what the roles grant", async () => {
    const changes = [withRoles("viewer"), { secrets: { DIRECT_PERMISSIONS: "keep" } }];
    const done = await run("database", changes, {
      assigned: ["get:users", "get:orders", "delete:users"],
      requested: ["openid"],
    });
    expect(done.scopes).toEqual(["openid", "get:users", "get:orders"]);
  });

  test("what the Authorization Extension left counts for nothing unless asked for", async () => {
    expect((await run("database", [extension], { requested })).scopes).toEqual([]);
  });

  test("EXTENSION_PERMISSIONS=on counts it, as far as the API defines it", async () => {
    const done = await run("database", [extension, { secrets: { EXTENSION_PERMISSIONS: "on" } }], { requested });
    expect(done.scopes).toEqual(["delete:users"]);
    expect(done.transaction.targetScopes).not.toContain("fly:planes");
  });

  test.each<[string, unknown]>([
    ["no metadata of the extension", {}],
    ["metadata of the extension that is not an object", { authorization: "all" }],
    ["metadata of the extension that is null", { authorization: null }],
    ["permissions that are not a list", { authorization: { permissions: "delete:users" } }],
    ["no metadata at all", null],
  ])("EXTENSION_PERMISSIONS=on grants nothing with %s", async (_state, app_metadata) => {
    const user = { app_metadata: app_metadata as Record<string, unknown> };
    const done = await run("database", [{ user, secrets: { EXTENSION_PERMISSIONS: "on" } }], { requested });
    expect(done.scopes).toEqual([]);
    expect(done.denied).toBeUndefined();
  });
});

describe("roles that tenant.yaml does not have", () => {
  test("grant nothing and are logged by name", async () => {
    const { logs, scopes } = await run("database", [withRoles("owner", "viewer")], {
      requested: ["get:users", "delete:users"],
    });
    expect(scopes).toEqual(["get:users", "get:orders"]);
    expect(logs).toEqual(['filter-scopes: "owner" is not a role in tenant.yaml']);
  });

  test.each([["constructor"], ["__proto__"], ["toString"]])(
    "grant nothing even if every object has them: %s",
    async (role) => {
      const { logs, scopes } = await run("database", [withRoles(role)], { requested: ["get:users"] });
      expect(scopes).toEqual([]);
      expect(logs).toHaveLength(1);
    },
  );

  test("a login without any word on roles is one without roles", async () => {
    expect((await run("database", [{ authorization: undefined }], { requested: ["get:users"] })).scopes).toEqual([]);
  });
});

describe("other APIs are left alone", () => {
  test.each<[string, EventChanges]>([
    ["no audience", { resource_server: undefined }],
    ["another API", { resource_server: { identifier: "https://other.example.com/" } }],
    ["the same name without a slash", { resource_server: { identifier: "https://api.example.com" } }],
  ])("%s", async (_state, changes) => {
    expect((await run("database", [changes])).effects).toEqual([]);
  });
});

describe("a wrong setting denies the login and is named in the log", () => {
  test.each([
    ["API_IDENTIFIER", undefined],
    ["API_IDENTIFIER", " "],
    ["SCOPES", "all"],
    ["DIRECT_PERMISSIONS", "KEEP"],
    ["EXTENSION_PERMISSIONS", "true"],
  ])("%s=%p", async (name, value) => {
    const { denied, logs } = await run("database", [{ secrets: { [name]: value } }]);
    expect(denied).toBe(LOGIN_FAILED);
    expect(logs[0]).toMatch(new RegExp(`^filter-scopes: bad_setting: ${name} `));
  });
});
