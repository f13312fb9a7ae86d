import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { createMovableClock, type MovableClock } from "../../../../local/clock.ts";
import { createFakePackages } from "../../../support/fake-packages.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let tenant: LocalTenant;
let sdk: ManagementClient;
let clock: MovableClock;
beforeEach(async () => {
  clock = createMovableClock();
  tenant = await startTestTenant({ clock: clock.now });
  sdk = createManagementClient(tenant);
});
afterEach(() => tenant.close());

const CODE = "module.exports = { greet: () => 'hello' };";

describe("Actions Modules", () => {
  test("an empty list keeps its zeroes", async () => {
    const token = await managementToken(tenant);
    expect((await call(tenant, "/api/v2/actions/modules?page=0&per_page=100", { token })).body).toEqual({
      modules: [],
      total: 0,
      page: 0,
      per_page: 100,
    });
  });

  test("a module is created as a draft, published, changed, rolled back and deleted", async () => {
    const created = await sdk.actions.modules.create({
      name: "greeter",
      code: CODE,
      secrets: [{ name: "K", value: "hidden" }],
    });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(created).toEqual({
      id: expect.any(String),
      name: "greeter",
      code: CODE,
      dependencies: [],
      secrets: [{ name: "K", updated_at: expect.any(String) }],
      all_changes_published: false,
      actions_using_module_total: 0,
      created_at: time,
      updated_at: time,
    });
    const id = created.id ?? "";

    const version = await sdk.actions.modules.versions.create(id);
    expect(version).toMatchObject({ module_id: id, version_number: 1, code: CODE });
    await sdk.actions.modules.update(id, { code: "2" });
    expect(await sdk.actions.modules.get(id)).toMatchObject({
      all_changes_published: false,
      latest_version_number: 1,
      latest_version: { id: version.id, version_number: 1 },
    });
    await sdk.actions.modules.rollback(id, { module_version_id: version.id ?? "" });
    expect(await sdk.actions.modules.get(id)).toMatchObject({ code: CODE, all_changes_published: true });
    await sdk.actions.modules.delete(id);
    await expect(sdk.actions.modules.get(id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test("one that an Action uses is shown there by name, and cannot be deleted", async () => {
    const { id = "" } = await sdk.actions.modules.create({ name: "greeter", code: CODE, publish: true } as never);
    const version = (await sdk.actions.modules.versions.list(id)).data[0]?.id ?? "";
    const action = await sdk.actions.create({
      name: "act",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code: CODE,
      modules: [{ module_id: id, module_version_id: version }],
    });

    const modules = [{ module_id: id, module_name: "greeter", module_version_id: version, module_version_number: 1 }];
    expect(action).toMatchObject({ modules });
    clock.advance(200);
    await sdk.actions.deploy(action.id ?? "");
    clock.advance(200);
    expect(await sdk.actions.get(action.id ?? "")).toMatchObject({ modules, deployed_version: { modules } });
    expect((await sdk.actions.modules.listActions(id)).data).toEqual([
      { action_id: action.id, action_name: "act", module_version_id: version, module_version_number: 1 },
    ]);
    await expect(sdk.actions.modules.delete(id)).rejects.toMatchObject({ statusCode: 412 });
  });

  test.each([
    ["no code", { name: "x" }, 400],
    ["too much code", { name: "x", code: "c".repeat(65_537) }, 400],
    ["a name that is taken", { name: "greeter", code: CODE }, 409],
  ])("%s is refused", async (_, body, status) => {
    await sdk.actions.modules.create({ name: "greeter", code: CODE });
    const token = await managementToken(tenant);
    expect((await call(tenant, "/api/v2/actions/modules", { method: "POST", token, body })).status).toBe(status);
  });

  test("whose dependency is not to be had fails the build of the Action that uses it", async () => {
    await tenant.close();
    tenant = await startTestTenant({ clock: clock.now, actionBuilds: { packages: createFakePackages({}) } });
    sdk = createManagementClient(tenant);
    const module = { name: "greeter", code: CODE, dependencies: [{ name: "stripe", version: "0.0.1" }] };
    const { id = "" } = await sdk.actions.modules.create({ ...module, publish: true } as never);
    const version = (await sdk.actions.modules.versions.list(id)).data[0]?.id ?? "";
    const action = await sdk.actions.create({
      name: "act",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      modules: [{ module_id: id, module_version_id: version }],
    });

    clock.advance(200);
    expect(await sdk.actions.get(action.id ?? "")).toMatchObject({ status: "failed" });
  });
});
