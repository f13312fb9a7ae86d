import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { connectToTenant } from "../../../scripts/deploy/connect.ts";
import { readLiveTenant } from "../../../scripts/deploy/live/read-live-tenant.ts";
import { describeStatus } from "../../../scripts/operate/describe-status.ts";
import { applyRollback, planRollback } from "../../../scripts/operate/roll-back.ts";
import { unbindAction } from "../../../scripts/operate/unbind.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { until } from "../../support/until.ts";

const OURS = ["first", "second", "third"];
const codeOf = (name: string, version: number) =>
  `exports.onExecutePostLogin = async () => { console.log("${name} ${version}"); };\n`;

describe("an operator", () => {
  let tenant: LocalTenant;
  let management: ManagementClient;
  beforeEach(async () => {
    tenant = await startTestTenant({
      actionBuilds: { pendingFor: 1, buildingFor: 1, retryingFor: 1, deployingFor: 1 },
    });
    const { domain, clientId, clientSecret, caFile: file } = tenant;
    const connection = await connectToTenant({
      domain,
      clientId,
      clientSecret,
      ca: { file, pem: readFileSync(file, "utf8") },
    });
    management = connection.management;
    for (const name of OURS) await put(name, 1);
    await bind(OURS);
  });
  afterEach(() => tenant.close());

  const readLive = () => readLiveTenant(management, tenant.domain, {});
  const readFlow = async () =>
    (await readLive()).flow.flatMap(({ bindings }) => bindings.map(({ actionName }) => actionName));
  async function readCodes(): Promise<Readonly<Record<string, string | undefined>>> {
    return Object.fromEntries((await readLive()).action.map(({ name, live }) => [name, live?.code]));
  }
  const rollBack = async (choice: Parameters<typeof planRollback>[3] = {}) =>
    applyRollback(management, await planRollback(management, await readLive(), OURS, choice));
  const writes = () => tenant.tenant.logs.entries().filter(({ type }) => type === "sapi").length;

  /** Deploys this version of the Action's code by hand. */
  async function put(name: string, version: number): Promise<void> {
    const code = codeOf(name, version);
    const existing = (await readLive()).action.find((action) => action.name === name)?.id;
    const id =
      existing ??
      (await management.actions.create({ name, code, supported_triggers: [{ id: "post-login", version: "v3" }] })).id ??
      "";
    if (existing !== undefined) await management.actions.update(id, { code });
    await until(async () => (await management.actions.get(id)).status === "built");
    await management.actions.deploy(id);
    await until(async () => (await management.actions.get(id)).deployed_version?.code === code);
  }
  const bind = (names: readonly string[]) =>
    management.actions.triggers.bindings.updateMany("post-login", {
      bindings: names.map((name) => ({ ref: { type: "action_name", value: name }, display_name: `${name} shown` })),
    });
  test("sees of each Action where it runs, its version, and whether it is this checkout's", async () => {
    await put("second", 2);
    await bind(["third", "first"]);
    const built = [
      { name: "first", code: codeOf("first", 1), form: "readable" as const },
      { name: "second", code: codeOf("second", 1), form: "readable" as const },
      { name: "new", code: "", form: "readable" as const },
    ];
    const rows = describeStatus(await readLive(), built);
    expect(rows).toEqual([
      expect.objectContaining({ name: "third", place: "post-login 1", version: 1, checkout: "not in this checkout" }),
      expect.objectContaining({ name: "first", place: "post-login 2", version: 1, checkout: "same" }),
      expect.objectContaining({ name: "second", version: 2, checkout: "differs" }),
      { name: "new", checkout: "not in the tenant", secrets: [] },
    ]);
    expect(rows[2]).not.toHaveProperty("place");
    expect(rows[1]?.bytes).toBe(codeOf("first", 1).length);
    expect(rows[1]?.digest).not.toBe(rows[2]?.digest);
  });

  test.each([
    ["this checkout has", [{ name: "draft", code: codeOf("draft", 1), form: "as it is" as const }], "not live"],
    ["this checkout lacks", [], "not in this checkout"],
  ])("of an Action that was never deployed and that %s it, no code is compared", async (_name, built, checkout) => {
    await management.actions.create({
      name: "draft",
      supported_triggers: [{ id: "post-login", version: "v3" }],
      code: codeOf("draft", 1),
    });
    const rows = describeStatus(await readLive(), built);
    expect(rows.find(({ name }) => name === "draft")).toEqual({ name: "draft", checkout, secrets: [] });
  });

  test("takes one Action out of the flow with one write; the others keep order and names", async () => {
    const before = writes();
    await expect(unbindAction(management, await readLive(), "second")).resolves.toEqual([
      { trigger: "post-login", remaining: ["first", "third"] },
    ]);
    expect(writes()).toBe(before + 1);
    expect(await readFlow()).toEqual(["first", "third"]);
    const { flow } = await readLive();
    expect(flow.flatMap(({ bindings }) => bindings.map(({ displayName }) => displayName))).toEqual([
      "first shown",
      "third shown",
    ]);
  });

  test("rolls back to what ran before the newest deploy, and forth again", async () => {
    await put("first", 2);
    await put("third", 2);
    await rollBack();
    const former = { first: codeOf("first", 1), second: codeOf("second", 1), third: codeOf("third", 1) };
    expect(await readCodes()).toEqual(former);
    expect(await readFlow()).toEqual(OURS);
    await rollBack();
    expect(await readCodes()).toEqual({ ...former, first: codeOf("first", 2), third: codeOf("third", 2) });
  });

  test("rolls back one Action, to the version that was named", async () => {
    await put("first", 2);
    await put("first", 3);
    await put("second", 2);
    await rollBack({ name: "first", to: 1 });
    expect(await readCodes()).toMatchObject({ first: codeOf("first", 1), second: codeOf("second", 2) });
  });

  test("leaves Actions of others as they are", async () => {
    await put("theirs", 1);
    await put("theirs", 2);
    await put("first", 2);
    await rollBack();
    expect(await readCodes()).toMatchObject({ first: codeOf("first", 1), theirs: codeOf("theirs", 2) });
  });

  test.each([
    ["an Action that is not there", { name: "forth" }, "ACTION_UNKNOWN", /first, second, third/],
    ["a version that is not there", { name: "first", to: 7 }, "VERSION_UNKNOWN", /Auth0 still has: 1\./],
    ["what never ran other code", {}, "NOTHING_TO_ROLL_BACK", /Nothing was changed/],
  ])("does not roll back %s", async (_what, choice, code, message) => {
    const before = writes();
    await expect(rollBack(choice)).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: expect.stringMatching(message) as unknown,
    });
    expect(writes()).toBe(before);
  });

  test("cannot take out what is in no flow", async () => {
    await bind(["first"]);
    const before = writes();
    await expect(unbindAction(management, await readLive(), "second")).rejects.toMatchObject({
      code: "ACTION_NOT_BOUND",
      exitCode: 2,
      message: '"second" is in no flow. Bound are: first.',
    });
    expect(writes()).toBe(before);
  });
});
