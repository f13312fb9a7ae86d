import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Management } from "auth0";
import type { LocalTenant, LocalTenantOptions } from "../../../../local/auth0/server.ts";
import { createMovableClock, type MovableClock } from "../../../../local/clock.ts";
import { createFakePackages } from "../../../support/fake-packages.ts";
import { startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

let directory: string;
let clock: MovableClock;
let tenant: LocalTenant | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tenant-"));
  clock = createMovableClock();
});
afterEach(async () => {
  await tenant?.close();
  tenant = undefined;
  rmSync(directory, { recursive: true });
});

/** Closes the tenant if it runs, and starts it on the same state. */
async function restart(actionBuilds: LocalTenantOptions["actionBuilds"] = {}) {
  await tenant?.close();
  tenant = await startTestTenant({
    stateFile: join(directory, "state.jsonl"),
    clock: clock.now,
    actionBuilds: { pendingFor: 5_000, buildingFor: 5_000, retryingFor: 5_000, deployingFor: 5_000, ...actionBuilds },
  });
  return createManagementClient(tenant);
}

const SUPPORTED_TRIGGERS: Management.ActionTrigger[] = [{ id: "post-login", version: "v3" }];

describe("a tenant that is stopped and started again", () => {
  test("in the middle of a build goes on with it, and ends as it would have", async () => {
    const before = await restart({ packages: createFakePackages({ a: "1.0.0" }) });
    const good = await before.actions.create({
      name: "good",
      supported_triggers: SUPPORTED_TRIGGERS,
      dependencies: [{ name: "a" }],
    });
    const bad = await before.actions.create({
      name: "bad",
      supported_triggers: SUPPORTED_TRIGGERS,
      dependencies: [{ name: "a", version: "2.0.0" }],
    });
    clock.advance(6_000);

    // What is installed by now does not matter: the packages of a build are those of its time.
    const after = await restart({ packages: createFakePackages({ a: "2.0.0" }) });
    expect(await after.actions.get(good.id ?? "")).toMatchObject({ status: "building" });
    clock.advance(20_000);
    expect(await after.actions.get(good.id ?? "")).toMatchObject({ status: "built" });
    expect(await after.actions.get(bad.id ?? "")).toMatchObject({ status: "failed" });
  });

  test("while a package is on its way asks for it again, and deploys what was to be deployed", async () => {
    const before = await restart({ packages: createFakePackages({}, ["a@1.0.0"]) });
    const { id = "" } = await before.actions.create({
      name: "late",
      supported_triggers: SUPPORTED_TRIGGERS,
      dependencies: [{ name: "a", version: "1.0.0" }],
      deploy: true,
    });
    const packages = createFakePackages({}, ["a@1.0.0"]);
    const after = await restart({ packages });
    clock.advance(60_000);
    expect(await after.actions.get(id)).toMatchObject({ status: "building" });
    packages.arrive("a", "1.0.0");
    // The installation ends apart from any request.
    await new Promise(setImmediate);
    clock.advance(60_000);
    expect(await after.actions.get(id)).toMatchObject({ status: "built", deployed_version: { number: 1 } });
  });

  test("in the middle of a deploy goes live on time, and keeps versions, secrets and the flow", async () => {
    const before = await restart();
    const { id = "" } = await before.actions.create({
      name: "act",
      supported_triggers: SUPPORTED_TRIGGERS,
      code: "1",
      secrets: [{ name: "KEY", value: "kept" }],
    });
    clock.advance(60_000);
    await before.actions.deploy(id);
    clock.advance(60_000);
    await before.actions.triggers.bindings.updateMany("post-login", {
      bindings: [{ ref: { type: "action_id", value: id } }],
    });
    await before.actions.update(id, { code: "2" });
    clock.advance(60_000);
    await before.actions.deploy(id);

    const after = await restart();
    expect((await after.actions.get(id)).deployed_version).toMatchObject({ number: 1, code: "1" });
    clock.advance(5_000);
    expect((await after.actions.get(id)).deployed_version).toMatchObject({ number: 2, code: "2" });
    expect((await after.actions.triggers.bindings.list("post-login")).data).toEqual([
      expect.objectContaining({ display_name: "act", action: expect.objectContaining({ id }) }),
    ]);
    expect(tenant?.tenant.state.actions.get(id)?.draft.secrets).toEqual([
      { name: "KEY", value: "kept", updated_at: expect.any(String) },
    ]);
  });
});

test("without settings, a dependency of this checkout is built within half a second", async () => {
  tenant = await startTestTenant({ clock: clock.now });
  const sdk = createManagementClient(tenant);
  const { id = "" } = await sdk.actions.create({
    name: "act",
    supported_triggers: SUPPORTED_TRIGGERS,
    dependencies: [{ name: "stripe", version: "latest" }],
  });
  clock.advance(500);
  expect((await sdk.actions.get(id)).status).toBe("built");
});
