import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { type DocumentOnTenant, failAfter, startDocumentOnTenant } from "../document-on-tenant.ts";
import { action } from "../plan/tenants.ts";

const postLogin = (version: string) => [{ id: "post-login", version }];

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
