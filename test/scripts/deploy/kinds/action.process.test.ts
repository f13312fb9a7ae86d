import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";
import { ACTIONS, action, deployed, deployedTenant, desire } from "../plan/tenants.ts";

const [first, second] = ACTIONS as [DesiredAction, DesiredAction];
const postLogin = (version: string) => [{ id: "post-login", version }];

describe("the trigger of an Action", () => {
  const planWith = (wanted: DesiredAction["triggers"], live: DesiredAction["triggers"]) =>
    planTenant(
      desire({ actions: [{ ...first, triggers: wanted }, second] }),
      deployedTenant({ action: [{ ...deployed(first), triggers: live }, deployed(second)] }),
    ).changes;

  test("is written when its version is newer", () => {
    expect(planWith(postLogin("v3"), postLogin("v2"))).toMatchObject([
      { name: "first", fields: [{ path: "supported_triggers[post-login].version", before: "v2", after: "v3" }] },
    ]);
  });

  test.each([
    ["another", [{ id: "credentials-exchange", version: "v2" }]],
    ["one of an older version", postLogin("v2")],
  ])("is refused while planning when it is %s: Auth0 changes it never", (_which, wanted) => {
    expect(() => planWith(wanted, postLogin("v3"))).toThrow(
      expect.objectContaining({
        code: "ACTION_TRIGGER_CHANGED",
        exitCode: 2,
        message: expect.stringContaining("first"),
      }),
    );
  });
});

describe("the modules of an Action", () => {
  const rates = { name: "rates", version: 2 };
  const planWith = (wanted: DesiredAction, live: typeof rates | undefined) => {
    const { live: version, draft, ...rest } = deployed(first);
    const modules = live === undefined ? {} : { modules: [live] };
    const present = { ...rest, draft: { ...draft, ...modules }, live: { ...version!, ...modules } };
    return planTenant(desire({ actions: [wanted, second] }), deployedTenant({ action: [present, deployed(second)] }))
      .changes;
  };

  test("are compared, and left alone where tenant.yaml has none", () => {
    expect(planWith({ ...first, modules: [rates] }, rates)).toEqual([]);
    expect(planWith({ ...first, modules: [] }, undefined)).toEqual([]);
    expect(planWith(first, rates)).toEqual([]);
  });

  test.each([
    ["others", [{ name: "taxes", version: 1 }], rates],
    ["another version", [{ ...rates, version: 3 }], rates],
    ["none", [], rates],
    ["some where there are none", [rates], undefined],
  ])("are refused while planning when they are %s", (_, modules, live) => {
    expect(() => planWith({ ...first, modules }, live)).toThrow(
      expect.objectContaining({ code: "ACTION_MODULES_DIFFER", exitCode: 2 }),
    );
  });
});

describe("a runtime that Auth0 has given up", () => {
  const old = { ...first, runtime: "node16" };
  const planOld = (live: readonly ReturnType<typeof deployed>[]) =>
    planTenant(desire({ actions: [old, second] }), deployedTenant({ action: live })).changes;

  test("stays where it is, also when something else is written", () => {
    expect(planOld([deployed(old), deployed(second)])).toEqual([]);
  });

  test.each([
    ["an Action that has another", [deployed(first), deployed(second)]],
    ["a new Action", [deployed(second)]],
  ])("is refused while planning for %s", (_, live) => {
    expect(() => planOld(live)).toThrow(
      expect.objectContaining({
        code: "ACTION_RUNTIME_RETIRED",
        exitCode: 2,
        message: expect.stringMatching(/first.*node16.*node22/),
      }),
    );
  });
});

describe("an Action that is not to be deployed", () => {
  const draft = { ...first, deployed: false };
  const changesOf = (desired: readonly DesiredAction[], live: ReturnType<typeof deployed>) =>
    planTenant(desire({ actions: desired }), deployedTenant({ action: [live, deployed(second)] })).changes;

  test("is the same when its draft is, whatever is live", () => {
    expect(changesOf([draft, second], deployed(first))).toEqual([]);
    const { live: _, ...undeployed } = deployed(first);
    expect(changesOf([draft, second], undeployed)).toEqual([]);
  });

  test("is compared by its draft", () => {
    const changed = { ...draft, code: first.code.replace("// first", "// changed"), runtime: "node18-actions" };
    const [change, ...others] = changesOf([changed, second], deployed(first));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ codeDiff: expect.stringMatching(/^\+ {2}\/\/ changed$/m) });
    expect(change?.fields.map(({ path }) => path)).toEqual(["runtime"]);
  });
});

test.each([
  ["says nothing of it", first],
  ["says true", { ...first, deployed: true }],
])("an Action is to be live when tenant.yaml %s: a draft alone is deployed", (_says, wanted) => {
  const { live: _, ...undeployed } = deployed(first);
  const { changes } = planTenant(
    desire({ actions: [wanted, second] }),
    deployedTenant({ action: [undeployed, deployed(second)] }),
  );
  expect(changes.map(({ type, name, operation }) => [type, name, operation])).toEqual([["action", "first", "update"]]);
});

describe("Actions in a tenant", () => {
  let on: DocumentOnTenant;
  beforeAll(async () => {
    on = await startDocumentOnTenant();
  });
  afterAll(() => on.tenant.close());

  const documentOf = (...actions: readonly DesiredAction[]): TenantDocument => ({
    actions: actions.map(({ name, triggers }) => ({ name, code: `./${name}.js`, supported_triggers: triggers })),
  });
  const deploy = (wanted: DesiredAction, onProgress?: (text: string) => void) =>
    on.deploy(documentOf(wanted), { actions: [wanted], ...(onProgress !== undefined && { onProgress }) });
  const read = async (wanted: string) => {
    for await (const row of await on.connection.management.actions.list({ actionName: wanted })) return row;
    throw new Error(`no ${wanted}`);
  };

  test("stay drafts as long as they are not to be deployed, through changes and failures", async () => {
    const wanted = action("draft", { deployed: false, secrets: [{ name: "KEY", value: "one" }] });
    await deploy(wanted);
    expect(await read("draft")).not.toHaveProperty("deployed_version");
    await expect(deploy(wanted)).resolves.toMatchObject({ outcome: "nothing to do" });

    const changed = { ...wanted, code: `${wanted.code}// more\n` };
    await deploy(changed);
    expect((await read("draft")).code).toContain("// more");
    expect(await read("draft")).not.toHaveProperty("deployed_version");

    const description = { friendly_name: "Another" };
    const failing = on.deploy(
      { ...documentOf(wanted), tenant: description, triggers: { "post-login": [] } },
      { actions: [wanted], onProgress: failAfter("updated action draft") },
    );
    await expect(failing).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
    expect((await read("draft")).code).toContain("// more");

    await deploy({ ...changed, deployed: true });
    expect((await read("draft")).deployed_version).toMatchObject({ number: 1 });
    await deploy({ ...wanted, deployed: false });
    expect(await read("draft")).toMatchObject({
      code: expect.not.stringContaining("// more"),
      deployed_version: { number: 1, code: expect.stringContaining("// more") },
    });
  });

  test("have a newer version of their trigger after a deploy", async () => {
    const code = "exports.onExecutePostLogin = async () => {};\n";
    const older = action("older", { code, triggers: postLogin("v2"), runtime: "node22" });
    await deploy(older);
    await deploy({ ...older, triggers: postLogin("v3") });
    expect(await read("older")).toMatchObject({
      supported_triggers: [expect.objectContaining({ id: "post-login", version: "v3" })],
      deployed_version: { number: 2 },
    });
    await expect(deploy({ ...older, triggers: postLogin("v3") })).resolves.toMatchObject({ outcome: "nothing to do" });
  });

  test("keep a runtime that Auth0 has given up", async () => {
    const wanted = action("veteran", {});
    await deploy({ ...wanted, runtime: "node18-actions" });
    const { actions, actionVersions } = on.tenant.tenant.state;
    const present = actions.find(({ name }) => name === "veteran")!;
    const [version] = present.version_ids.map((id) => actionVersions.get(id)!);
    actions.set(present.id, { ...present, draft: { ...present.draft, runtime: "node12" } });
    actionVersions.set(version!.id, { ...version!, runtime: "node12" });
    const old = { ...wanted, runtime: "node12" };
    await expect(deploy(old)).resolves.toMatchObject({ outcome: "nothing to do" });
    await deploy({ ...old, code: `${wanted.code}// more\n` });
    expect((await read("veteran")).deployed_version).toMatchObject({
      runtime: "node12",
      code: expect.stringContaining("// more"),
    });
  });

  test("keep secrets and dependencies that tenant.yaml does not have", async () => {
    const secrets = [{ name: "KEY", value: "one" }];
    const dependencies = [{ name: "stripe", version: "23.1.0" }];
    await deploy(action("kept", { secrets, dependencies }));
    const {
      secrets: _,
      dependencies: __,
      ...bare
    } = action("kept", { code: "exports.onExecutePostLogin = async () => {};\n" });
    await deploy(bare);
    expect((await read("kept")).deployed_version).toMatchObject({
      number: 2,
      dependencies: [expect.objectContaining({ name: "stripe", version: "23.1.0" })],
      secrets: [expect.objectContaining({ name: "KEY" })],
    });
    await expect(deploy(bare)).resolves.toMatchObject({ outcome: "nothing to do" });
  });
});
