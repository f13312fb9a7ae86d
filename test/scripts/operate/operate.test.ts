import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { describeStatus } from "../../../scripts/operate/describe-status.ts";
import { applyRollback, planRollback } from "../../../scripts/operate/roll-back.ts";
import { unbindAction } from "../../../scripts/operate/unbind.ts";
import { codeOf, OURS, startTenantToOperate, type TenantToOperate } from "./tenant-to-operate.ts";

describe("an operator", () => {
  let operated: TenantToOperate;
  let tenant: LocalTenant;
  let management: ManagementClient;
  beforeEach(async () => {
    operated = await startTenantToOperate();
    ({ tenant, management } = operated);
  });
  afterEach(() => tenant.close());

  const readFlow = async () =>
    (await operated.readLive()).flow.flatMap(({ bindings }) => bindings.map(({ actionName }) => actionName));
  const rollBack = async (choice: Parameters<typeof planRollback>[3] = {}) =>
    applyRollback(management, await planRollback(management, await operated.readLive(), OURS, choice));

  test("sees of each Action where it runs, its version, and whether it is this checkout's", async () => {
    await operated.put("second", 2);
    await operated.bind(["third", "first"]);
    const built = [
      { name: "first", code: codeOf("first", 1), form: "readable" as const },
      { name: "second", code: codeOf("second", 1), form: "readable" as const },
      { name: "new", code: "", form: "readable" as const },
    ];
    const rows = describeStatus(await operated.readLive(), built);
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
    const rows = describeStatus(await operated.readLive(), built);
    expect(rows.find(({ name }) => name === "draft")).toEqual({ name: "draft", checkout, secrets: [] });
  });

  test("takes one Action out of the flow with one write; the others keep order and names", async () => {
    const before = operated.countWrites();
    await expect(unbindAction(management, await operated.readLive(), "second")).resolves.toEqual([
      { trigger: "post-login", remaining: ["first", "third"] },
    ]);
    expect(operated.countWrites()).toBe(before + 1);
    expect(await readFlow()).toEqual(["first", "third"]);
    const { flow } = await operated.readLive();
    expect(flow.flatMap(({ bindings }) => bindings.map(({ displayName }) => displayName))).toEqual([
      "first shown",
      "third shown",
    ]);
  });

  test("rolls back to what ran before the newest deploy, and forth again", async () => {
    await operated.put("first", 2);
    await operated.put("third", 2);
    await rollBack();
    const former = { first: codeOf("first", 1), second: codeOf("second", 1), third: codeOf("third", 1) };
    expect(await operated.readCodes()).toEqual(former);
    expect(await readFlow()).toEqual(OURS);
    await rollBack();
    expect(await operated.readCodes()).toEqual({ ...former, first: codeOf("first", 2), third: codeOf("third", 2) });
  });

  test("rolls back one Action, to the version that was named", async () => {
    await operated.put("first", 2);
    await operated.put("first", 3);
    await operated.put("second", 2);
    await rollBack({ name: "first", to: 1 });
    expect(await operated.readCodes()).toMatchObject({ first: codeOf("first", 1), second: codeOf("second", 2) });
  });

  test("leaves Actions of others as they are", async () => {
    await operated.put("theirs", 1);
    await operated.put("theirs", 2);
    await operated.put("first", 2);
    await rollBack();
    expect(await operated.readCodes()).toMatchObject({ first: codeOf("first", 1), theirs: codeOf("theirs", 2) });
  });

  test.each([
    ["an Action that is not there", { name: "forth" }, "ACTION_UNKNOWN", /first, second, third/],
    ["a version that is not there", { name: "first", to: 7 }, "VERSION_UNKNOWN", /Auth0 still has: 1\./],
    ["what never ran other code", {}, "NOTHING_TO_ROLL_BACK", /Nothing was changed/],
  ])("does not roll back %s", async (_what, choice, code, message) => {
    const before = operated.countWrites();
    await expect(rollBack(choice)).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: expect.stringMatching(message) as unknown,
    });
    expect(operated.countWrites()).toBe(before);
  });

  test("cannot take out what is in no flow", async () => {
    await operated.bind(["first"]);
    const before = operated.countWrites();
    await expect(unbindAction(management, await operated.readLive(), "second")).rejects.toMatchObject({
      code: "ACTION_NOT_BOUND",
      exitCode: 2,
      message: '"second" is in no flow. Bound are: first.',
    });
    expect(operated.countWrites()).toBe(before);
  });
});
