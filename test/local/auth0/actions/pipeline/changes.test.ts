import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  completed,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
beforeEach(() => {
  actions.addUser();
});
afterAll(() => actions.close());

const login = async () => completed(await actions.login());

describe("metadata", () => {
  test("is seen by the next Action, not by the one that sets it", async () => {
    const show = `console.log(JSON.stringify([event.user.app_metadata, event.user.user_metadata]));`;
    actions.bind(`api.user.setAppMetadata("a", { deep: 1 }); api.user.setUserMetadata("u", 2); ${show}`, `${show}`);
    expect(outputs(await login())).toEqual(["[{},{}]\n", `[{"a":{"deep":1}},{"u":2}]\n`]);
  });

  test.each([
    [
      "is merged by top-level keys",
      { kept: 1, changed: { old: 1 } },
      `api.user.setAppMetadata("changed", { fresh: 2 })`,
      { kept: 1, changed: { fresh: 2 } },
    ],
    ["set to null is removed", { kept: 1, gone: 2 }, `api.user.setAppMetadata("gone", null)`, { kept: 1 }],
    [
      "set to undefined takes back what was queued",
      { kept: 1 },
      `api.user.setAppMetadata("a", 1).user.setAppMetadata("a", undefined)`,
      { kept: 1 },
    ],
    [
      "set twice is what was set last",
      {},
      `api.user.setAppMetadata("a", 1); api.user.setAppMetadata("a", 2)`,
      { a: 2 },
    ],
    ["set after the handler has returned is lost", {}, `setTimeout(() => api.user.setAppMetadata("late", 1), 0)`, {}],
  ])("that %s", async (_name, before, body, after) => {
    actions.addUser({ app_metadata: before });
    actions.bind(body, `await new Promise((resolve) => setTimeout(resolve, 10))`);
    await login();
    expect(actions.readUser()?.app_metadata).toEqual(after);
  });

  test("of two logins at once is kept under different keys, though neither saw the other's", async () => {
    actions.bind(
      `const key = event.request.query.key;
       await new Promise((resolve) => setTimeout(resolve, 20));
       api.user.setAppMetadata(key, Object.keys(event.user.app_metadata).length)`,
    );
    const request = { ip: "::1", method: "GET", hostname: "localhost", body: {} };
    await Promise.all(["a", "b"].map((key) => actions.login({ request: { ...request, query: { key } } })));
    expect(actions.readUser()?.app_metadata).toEqual({ a: 0, b: 0 });
  });

  test("is not written when nothing was set", async () => {
    const before = actions.readUser();
    actions.bind(`event.user.app_metadata.a = 1`);
    await login();
    expect(actions.readUser()).toBe(before);
  });
});

describe("the tokens", () => {
  test("carry the last value of each claim, over all Actions", async () => {
    actions.bind(
      `api.accessToken.setCustomClaim("a", 1); api.accessToken.setCustomClaim("b", 1); api.idToken.setCustomClaim("a", [1])`,
      `api.accessToken.setCustomClaim("b", { two: 2 })`,
    );
    const { accessTokenClaims, idTokenClaims } = await login();
    expect([...accessTokenClaims]).toEqual([
      ["a", 1],
      ["b", { two: 2 }],
    ]);
    expect([...idTokenClaims]).toEqual([["a", [1]]]);
  });

  test("take the last change of each scope", async () => {
    actions.bind(
      `api.accessToken.addScope("x"); api.accessToken.removeScope("y"); api.accessToken.removeScope("z")`,
      `api.accessToken.removeScope("x"); api.accessToken.addScope("y")`,
    );
    expect(Object.fromEntries((await login()).scopeChanges)).toEqual({ x: "remove", y: "add", z: "remove" });
  });

  test("have target scopes that the next Action sees, absent when nobody touched them", async () => {
    actions.bind("");
    expect((await login()).targetScopes).toBeUndefined();
    const show = `console.log(event.transaction.target_scopes.join(" "));`;
    actions.bind(
      `${show} api.transaction.addTargetScope("get:more"); ${show}`,
      `${show} api.transaction.removeTargetScope("openid")`,
    );
    const outcome = await login();
    expect(outputs(outcome)).toEqual(["openid get:users\nopenid get:users get:more\n", "openid get:users get:more\n"]);
    expect(outcome.targetScopes).toEqual(["get:users", "get:more"]);
  });
});

test("sessions and refresh tokens end at the earliest time asked for", async () => {
  actions.bind(
    `api.session.setExpiresAt(2000); api.refreshToken.setIdleExpiresAt(500); api.session.setCookieMode("persistent")`,
    `api.session.setExpiresAt(3000); api.refreshToken.setIdleExpiresAt(400); api.session.setCookieMode("non-persistent"); api.refreshToken.setMetadata("device", "tv")`,
  );
  expect(await login()).toMatchObject({
    session: { expiresAt: 2000, cookieMode: "non-persistent" },
    refreshToken: { idleExpiresAt: 400, metadata: { device: "tv" } },
  });
});

describe("setPrimaryUser", () => {
  const link = { connection: "google-oauth2", isSocial: true, provider: "google-oauth2", user_id: "1" };
  const own = { connection: "db", isSocial: false, provider: "auth0", user_id: "primary" };

  test("makes the tokens those of the user whom the identity is linked to, and writes metadata there", async () => {
    actions.addUser({ user_id: "google-oauth2|1" });
    actions.addUser({ user_id: "auth0|primary", identities: [own, link] });
    actions.bind(`api.authentication.setPrimaryUser("auth0|primary")`, `api.user.setAppMetadata("a", 1)`);
    expect(await actions.login({ userId: "google-oauth2|1" })).toMatchObject({
      kind: "completed",
      userId: "auth0|primary",
    });
    expect(actions.readUser("auth0|primary")?.app_metadata).toEqual({ a: 1 });
  });

  test.each([
    ["nobody", undefined],
    ["a user whom the identity is not linked to", [own]],
  ])("to %s fails the login", async (_name, identities) => {
    if (identities === undefined) actions.tenant.state.users.delete("auth0|primary");
    else actions.addUser({ user_id: "auth0|primary", identities });
    actions.bind(`api.authentication.setPrimaryUser("auth0|primary")`);
    const outcome = await actions.login();
    expect(outcome).toMatchObject({ kind: "failed", error: { code: "invalid_primary_user" } });
    expect(actions.tenant.logs.entries().at(-1)?.type).toBe("actions_execution_failed");
  });
});

test("api.roles answers with the user's roles", async () => {
  const { state } = actions.tenant;
  for (const name of ["editor", "viewer", "admin"])
    state.roles.set(name, { id: name, name: `The ${name}`, description: "", permissions: [] });
  state.assignments.set("auth0|ada", { user_id: "auth0|ada", roles: ["editor", "viewer", "unknown"], permissions: [] });
  actions.bind(
    `const names = ({ roles }) => roles.map(({ name }) => name).join();
     const page = await api.roles.getUserEffectiveRoles({ take: 1 });
     console.log(names(await api.roles.getUserEffectiveRoles()), "|", names(page), "|",
       names(await api.roles.getUserEffectiveRoles({ take: 1, from: page.next })), "|",
       names(await api.roles.getUserEffectiveRolesByIds(["viewer", "admin"])), "|",
       names(await api.roles.getUserEffectiveRolesByNames(["The editor"])), "|", event.authorization.roles.join())`,
  );
  expect(outputs(await login())).toEqual([
    "The editor,The viewer | The editor | The viewer | The viewer | The editor | The editor,The viewer\n",
  ]);
});
