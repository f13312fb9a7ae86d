import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Management, ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { createMovableClock, type MovableClock } from "../../../../local/clock.ts";
import { createFakePackages, type FakePackages } from "../../../support/fake-packages.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let clock: MovableClock;
let tenant: LocalTenant;
let sdk: ManagementClient;
let packages: FakePackages;
let log: string[];
beforeEach(async () => {
  clock = createMovableClock();
  packages = createFakePackages({ stripe: "23.1.0", lodash: "4.17.21" }, ["late@1.0.0"]);
  log = [];
  tenant = await startTestTenant({
    clock: clock.now,
    log: (line) => log.push(line),
    // Long enough that nothing is over unless a test moves the clock.
    actionBuilds: {
      pendingFor: 10_000,
      buildingFor: 10_000,
      retryingFor: 10_000,
      deployingFor: 10_000,
      packages,
    },
  });
  sdk = createManagementClient(tenant);
});
afterEach(() => tenant.close());

const CODE = "exports.onExecutePostLogin = async () => {};";
const SUPPORTED_TRIGGERS: Management.ActionTrigger[] = [{ id: "post-login", version: "v3" }];
const NANOSECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;
const NOT_BUILT = {
  statusCode: 400,
  body: { message: "A draft must be in the 'built' state before it can be deployed." },
};

async function createAction(fields: Partial<Management.CreateActionRequestContent> = {}): Promise<string> {
  return (
    (await sdk.actions.create({ name: "act", supported_triggers: SUPPORTED_TRIGGERS, code: CODE, ...fields })).id ?? ""
  );
}

/** Builds the draft and lets the deploy of it come to its end; gives the version's id. */
async function deploy(id: string): Promise<string> {
  clock.advance(60_000);
  const version = await sdk.actions.deploy(id);
  clock.advance(60_000);
  return version.id ?? "";
}

describe("a draft", () => {
  test("is created pending, with no version and without its secrets' values", async () => {
    const created = await sdk.actions.create({
      name: "act",
      supported_triggers: SUPPORTED_TRIGGERS,
      code: CODE,
      dependencies: [{ name: "stripe", version: "23.1.0" }],
      secrets: [{ name: "KEY", value: "sk_do_not_show" }],
    });

    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "act",
      supported_triggers: SUPPORTED_TRIGGERS,
      created_at: expect.stringMatching(NANOSECONDS),
      updated_at: expect.stringMatching(NANOSECONDS),
      code: CODE,
      dependencies: [{ name: "stripe", version: "23.1.0" }],
      runtime: "node22",
      status: "pending",
      secrets: [{ name: "KEY", updated_at: expect.stringMatching(NANOSECONDS) }],
      all_changes_deployed: false,
    });
  });

  test.each([
    ["that is installed", "stripe", "23.1.0", ["pending", "building", "built", "built", "built"]],
    ["of another version", "stripe", "1.0.0", ["pending", "building", "retrying", "building", "failed"]],
    ["that is not there", "left-pad", "1.3.0", ["pending", "building", "retrying", "building", "failed"]],
  ])("with a dependency %s goes through the states of its build", async (_, name, version, expected) => {
    const id = await createAction({ dependencies: [{ name, version }] });
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 5; step++) {
      seen.push((await sdk.actions.get(id)).status);
      clock.advance(10_000);
    }
    expect(seen).toEqual(expected);
  });

  test.each(["", "latest", undefined])("pins a dependency of version %p to the one of today", async (version) => {
    const id = await createAction({
      dependencies: [{ name: "lodash", ...(version !== undefined && { version }) }],
    });
    expect((await sdk.actions.get(id)).dependencies).toEqual([{ name: "lodash", version: "4.17.21" }]);
  });

  test("whose package is on its way is building until it is there, and goes live if it was to be deployed", async () => {
    const id = await createAction({ dependencies: [{ name: "late", version: "1.0.0" }], deploy: true });
    clock.advance(60_000);
    expect(await sdk.actions.get(id)).toMatchObject({ status: "building" });
    await expect(sdk.actions.deploy(id)).rejects.toMatchObject(NOT_BUILT);
    packages.arrive("late", "1.0.0");
    await new Promise(setImmediate);
    clock.advance(60_000);
    expect(await sdk.actions.get(id)).toMatchObject({
      status: "built",
      deployed_version: { number: 1, dependencies: [{ name: "late", version: "1.0.0" }] },
    });
  });

  test("that was changed while a package was on its way is not deployed as it was", async () => {
    const id = await createAction({ dependencies: [{ name: "late", version: "1.0.0" }], deploy: true });
    await sdk.actions.update(id, { dependencies: [] });
    packages.arrive("late", "1.0.0");
    await new Promise(setImmediate);
    clock.advance(60_000);
    const action = await sdk.actions.get(id);
    expect(action).toMatchObject({ status: "built", dependencies: [] });
    expect(action.deployed_version).toBeUndefined();
  });

  test("whose package is not to be had leaves the reason in the server's log, with a code", async () => {
    await createAction({
      dependencies: [{ name: "left-pad", version: "1.3.0" }, { name: "lodash" }, { name: "other" }],
    });
    expect(log).toEqual([
      "the latest version of other is not known: npm cannot reach a registry. [DEPENDENCY_OFFLINE]",
      "the build of Action act fails: npm knows no left-pad@1.3.0 (E404). [DEPENDENCY_NOT_FOUND]",
      "the build of Action act fails: npm knows no other@latest (E404). [DEPENDENCY_NOT_FOUND]",
    ]);
  });

  test("that does not even parse is built and deployed: the platform only installs dependencies", async () => {
    const id = await createAction({ code: "exports.onExecutePostLogin = async (" });
    await deploy(id);
    expect(await sdk.actions.get(id)).toMatchObject({ status: "built", all_changes_deployed: true });
  });

  test("cannot be deployed before it is built, nor ever after its build has failed", async () => {
    const id = await createAction();
    const broken = await createAction({ name: "broken", dependencies: [{ name: "stripe", version: "1.0.0" }] });

    await expect(sdk.actions.deploy(id)).rejects.toMatchObject(NOT_BUILT);
    clock.advance(15_000);
    await expect(sdk.actions.deploy(id)).rejects.toMatchObject(NOT_BUILT);
    clock.advance(60_000);
    await expect(sdk.actions.deploy(broken)).rejects.toMatchObject(NOT_BUILT);
    expect(await sdk.actions.deploy(id)).toMatchObject({ number: 1 });
  });

  test("is built anew by an update that changes nothing", async () => {
    const id = await createAction();
    await deploy(id);
    expect(await sdk.actions.update(id, { code: CODE })).toMatchObject({
      status: "pending",
      all_changes_deployed: true,
    });
    await expect(sdk.actions.deploy(id)).rejects.toMatchObject(NOT_BUILT);
  });

  test.each<[string, Management.UpdateActionRequestContent, boolean]>([
    ["the same code", { code: CODE }, true],
    ["the same secrets", { secrets: [{ name: "A", value: "1" }] }, true],
    ["another name", { name: "other" }, true],
    ["other code", { code: `${CODE}//` }, false],
    ["another runtime", { runtime: "node18-actions" }, false],
    ["a dependency", { dependencies: [{ name: "stripe", version: "23.1.0" }] }, false],
    ["another value of a secret", { secrets: [{ name: "A", value: "2" }] }, false],
    ["no secrets any more", { secrets: [] }, false],
  ])("after %s tells whether all is deployed", async (_, update, all_changes_deployed) => {
    const id = await createAction({ secrets: [{ name: "A", value: "1" }] });
    await deploy(id);
    expect(await sdk.actions.update(id, update)).toMatchObject({ all_changes_deployed });
  });

  test("keeps its secrets when an update leaves them out, and has none but the new ones when it names some", async () => {
    const id = await createAction({
      secrets: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    });
    const names = async () => (await sdk.actions.get(id)).secrets?.map(({ name }) => name);

    await sdk.actions.update(id, { code: "1" });
    expect(await names()).toEqual(["A", "B"]);
    await sdk.actions.update(id, { secrets: [{ name: "C", value: "3" }] });
    expect(await names()).toEqual(["C"]);
  });
});

describe("a deploy", () => {
  test("answers with the version that it asked for, and the Action shows it once that is over", async () => {
    const id = await createAction({ secrets: [{ name: "KEY", value: "v" }] });
    clock.advance(60_000);
    const requested = await sdk.actions.deploy(id);

    expect(requested).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code: CODE,
      dependencies: [],
      deployed: false,
      number: 1,
      secrets: [{ name: "KEY", updated_at: expect.stringMatching(NANOSECONDS) }],
      status: "built",
      created_at: expect.stringMatching(NANOSECONDS),
      updated_at: requested.created_at,
      runtime: "node22",
      supported_triggers: SUPPORTED_TRIGGERS,
      action: expect.objectContaining({ id, name: "act", all_changes_deployed: false }),
    });
    expect(await sdk.actions.get(id)).not.toHaveProperty("deployed_version");

    clock.advance(10_000);
    const action: unknown = await sdk.actions.get(id);
    const times = { created_at: requested.created_at, updated_at: expect.stringMatching(NANOSECONDS) };
    expect(action).toMatchObject({
      all_changes_deployed: true,
      current_version: {
        id: requested.id,
        code: CODE,
        runtime: "node22",
        status: "BUILT",
        number: 1,
        build_time: expect.stringMatching(NANOSECONDS),
        ...times,
      },
      deployed_version: {
        id: requested.id,
        code: CODE,
        dependencies: [],
        deployed: true,
        number: 1,
        built_at: expect.stringMatching(NANOSECONDS),
        secrets: [{ name: "KEY", updated_at: expect.stringMatching(NANOSECONDS) }],
        status: "built",
        runtime: "node22",
        supported_triggers: SUPPORTED_TRIGGERS,
        ...times,
      },
    });
  });

  test("leaves the version before it live until it is over", async () => {
    const id = await createAction();
    await deploy(id);
    await sdk.actions.update(id, { code: "2" });
    clock.advance(60_000);
    await sdk.actions.deploy(id);

    expect((await sdk.actions.get(id)).deployed_version).toMatchObject({ number: 1, code: CODE });
    clock.advance(10_000);
    expect((await sdk.actions.get(id)).deployed_version).toMatchObject({ number: 2, code: "2" });
  });

  test("that was asked for at creation comes when the build is over", async () => {
    const id = await createAction({ deploy: true });
    clock.advance(20_000);
    expect(await sdk.actions.get(id)).not.toHaveProperty("deployed_version");
    clock.advance(10_000);
    expect((await sdk.actions.get(id)).deployed_version).toMatchObject({ number: 1, deployed: true });
  });

  test("back to an older version makes a new one of its content, and of the draft too if asked", async () => {
    const id = await createAction({ secrets: [{ name: "A", value: "1" }] });
    const first = await deploy(id);
    await sdk.actions.update(id, { code: "2", secrets: [] });
    await deploy(id);

    expect(await sdk.actions.versions.deploy(id, first)).toMatchObject({ number: 3, code: CODE, deployed: false });
    clock.advance(60_000);
    expect(await sdk.actions.get(id)).toMatchObject({
      code: "2",
      all_changes_deployed: false,
      deployed_version: { number: 3, code: CODE, secrets: [{ name: "A" }] },
    });
    await sdk.actions.versions.deploy(id, first, { update_draft: true });
    clock.advance(60_000);
    expect(await sdk.actions.get(id)).toMatchObject({
      code: CODE,
      status: "built",
      all_changes_deployed: true,
      deployed_version: { number: 4 },
    });
  });

  test("51 times keeps 50 versions and the numbers go on; the oldest that is not live has made room", async () => {
    const id = await createAction();
    const first = await deploy(id);
    for (let number = 2; number <= 51; number++) await sdk.actions.deploy(id);

    // Their deploys are not over yet, so the first is still live.
    expect(await sdk.actions.versions.get(id, first)).toMatchObject({ number: 1, deployed: true });
    clock.advance(60_000);
    await sdk.actions.deploy(id);
    clock.advance(60_000);
    const numbers: (number | undefined)[] = [];
    for await (const version of await sdk.actions.versions.list(id, { per_page: 20 })) numbers.push(version.number);
    expect(numbers).toHaveLength(50);
    expect(numbers[0]).toBe(52);
    expect(numbers.at(-1)).toBe(3);
    expect(
      (await sdk.actions.versions.list(id)).data.filter(({ deployed }) => deployed).map(({ number }) => number),
    ).toEqual([52]);
  });
});

describe("deleting an Action", () => {
  test("is refused while it is bound, and unbinds it when forced", async () => {
    const id = await createAction();
    await deploy(id);
    const bind = { bindings: [{ ref: { type: "action_name", value: "act" } as const }] };
    await sdk.actions.triggers.bindings.updateMany("post-login", bind);

    await expect(sdk.actions.delete(id)).rejects.toMatchObject({
      statusCode: 409,
      body: { error: "Conflict", message: "Unable to delete an action bound to a trigger." },
    });
    await sdk.actions.delete(id, { force: true });
    expect((await sdk.actions.triggers.bindings.list("post-login")).data).toEqual([]);
    await expect(sdk.actions.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "That action does not exist." },
    });
  });
});

describe("what is refused", () => {
  const names = Array.from({ length: 31 }, (_, index) => `S${index}`);
  test.each<[string, Record<string, unknown>, number, string]>([
    ["no trigger", { name: "x" }, 400, "'Missing required property: supported_triggers'"],
    [
      "two triggers",
      { supported_triggers: [...SUPPORTED_TRIGGERS, ...SUPPORTED_TRIGGERS] },
      400,
      "'Array is too long (2), maximum 1'",
    ],
    ["an unknown trigger", { supported_triggers: [{ id: "pre-login" }] }, 400, "'No enum match for: pre-login'"],
    [
      "an unknown version of a trigger",
      { supported_triggers: [{ id: "post-login", version: "v9" }] },
      400,
      "no version v9",
    ],
    ["a runtime that the trigger has not", { runtime: "node12" }, 400, "runtime node12 is not supported"],
    ["an unknown field", { deployed: true }, 400, "'Additional properties not allowed: deployed'"],
    [
      "a secret without a value",
      { secrets: [{ name: "A" }] },
      400,
      "'Missing required property: value' on property secrets[0]",
    ],
    ["a secret without a name", { secrets: [{ name: "", value: "v" }] }, 400, "between 1 and 128 runes, inclusive"],
    [
      "a secret with too long a name",
      { secrets: [{ name: "N".repeat(129), value: "v" }] },
      400,
      "between 1 and 128 runes, inclusive",
    ],
    [
      "a secret with too long a value",
      { secrets: [{ name: "A", value: "v".repeat(4097) }] },
      400,
      "at most 4096 runes",
    ],
    [
      "a secret twice",
      {
        secrets: [
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
      },
      400,
      "unique",
    ],
    ["31 secrets", { secrets: names.map((name) => ({ name, value: "v" })) }, 400, "no more than 30 item(s)"],
    ["11 dependencies", { dependencies: names.slice(0, 11).map((name) => ({ name })) }, 400, "no more than 10 item(s)"],
    ["more than 100 kB of code", { code: "x".repeat(100_001) }, 400, "at most 100000 bytes"],
    [
      "a module that does not exist",
      { modules: [{ module_id: "m", module_version_id: "v" }] },
      400,
      "action module m has no version v",
    ],
    ["a name that is taken", { name: "act" }, 409, "An action with the same name already exists."],
  ])("%s", async (_, fields, status, message) => {
    await createAction();
    const token = await managementToken(tenant);
    const hasTrigger = message.includes("Missing required property: supported_triggers");
    const body = { name: "x", ...(!hasTrigger && { supported_triggers: SUPPORTED_TRIGGERS }), ...fields };

    const answer = await call(tenant, "/api/v2/actions/actions", { method: "POST", token, body });
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(message) } });
    expect((await sdk.actions.list()).data).toHaveLength(1);
  });

  test("moving an Action to another trigger, and back to an older version of its own", async () => {
    const id = await createAction();
    for (const trigger of [
      { id: "credentials-exchange" as const, version: "v2" },
      { id: "post-login" as const, version: "v2" },
    ]) {
      await expect(sdk.actions.update(id, { supported_triggers: [trigger] })).rejects.toMatchObject({
        statusCode: 400,
        body: { message: "can't upgrade to this trigger." },
      });
    }
    const old = await createAction({ name: "old", supported_triggers: [{ id: "post-login", version: "v2" }] });
    expect(await sdk.actions.update(old, { supported_triggers: SUPPORTED_TRIGGERS })).toMatchObject({
      supported_triggers: SUPPORTED_TRIGGERS,
    });
  });

  test("the 101st Action", async () => {
    for (let index = 0; index < 100; index++) await createAction({ name: `act ${index}` });
    await expect(createAction({ name: "one more" })).rejects.toMatchObject({ statusCode: 403 });
  });

  test.each([
    ["/api/v2/actions/actions/x/test", "/api/v2/actions/actions/:id/test"],
    ["/api/v2/actions/integrations", "/api/v2/actions/integrations"],
  ])("%s is not there, and the log says so", async (path, named) => {
    const lines: string[] = [];
    const other = await startTestTenant({ log: (line) => lines.push(line) });
    const answer = await call(other, path, { method: "POST", token: await managementToken(other), body: {} });
    await other.close();
    expect(answer.status).toBe(404);
    expect(lines).toEqual([`not implemented by the local tenant: POST ${named} → 404`]);
  });

  test("an execution that never was", async () => {
    await expect(sdk.actions.executions.get("none")).rejects.toMatchObject({
      statusCode: 404,
      body: { message: "That execution does not exist." },
    });
  });
});

describe("the list of Actions", () => {
  test.each<[string, Management.ListActionsRequestParameters, string[]]>([
    ["by trigger", { triggerId: "credentials-exchange" }, ["machine"]],
    ["by name", { actionName: "act" }, ["act"]],
    ["of those deployed", { deployed: true }, ["act"]],
    ["of those never deployed", { deployed: false }, ["machine"]],
    ["of those from the marketplace", { installed: true }, []],
  ])("%s", async (_, filter, expected) => {
    await deploy(await createAction());
    await createAction({ name: "machine", supported_triggers: [{ id: "credentials-exchange", version: "v2" }] });
    expect((await sdk.actions.list(filter)).data.map(({ name }) => name)).toEqual(expected);
  });

  test("leaves out what is zero", async () => {
    const token = await managementToken(tenant);
    const list = (query: string) => call(tenant, `/api/v2/actions/actions?${query}`, { token });

    expect((await list("page=0&per_page=100")).body).toEqual({ actions: [], per_page: 100 });
    await createAction();
    expect((await list("page=0&per_page=100")).body).toEqual({ actions: [expect.anything()], total: 1, per_page: 100 });
    expect((await list("page=1&per_page=100")).body).toEqual({ actions: [], page: 1, per_page: 100 });
    expect(await list("include_totals=true")).toMatchObject({
      status: 400,
      body: { message: "Query validation error: 'Additional properties not allowed: include_totals'." },
    });
  });
});

describe("secrets", () => {
  test("are in no answer and in no log, though the tenant has them for the Action", async () => {
    const id = await createAction({ secrets: [{ name: "KEY", value: "sk_do_not_show" }] });
    await sdk.actions.update(id, { secrets: [{ name: "KEY", value: "sk_do_not_show" }] });
    const version = await deploy(id);
    await sdk.actions.triggers.bindings.updateMany("post-login", {
      bindings: [{ ref: { type: "action_id", value: id } }],
    });

    const token = await managementToken(tenant);
    for (const path of [
      "actions/actions",
      `actions/actions/${id}`,
      `actions/actions/${id}/versions`,
      `actions/actions/${id}/versions/${version}`,
      "actions/triggers/post-login/bindings",
      "logs",
    ]) {
      const answer = await call(tenant, `/api/v2/${path}`, { token });
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toContain("sk_do_not_show");
    }
    expect(JSON.stringify(tenant.tenant.state.actionVersions.values())).toContain("sk_do_not_show");
  });
});
