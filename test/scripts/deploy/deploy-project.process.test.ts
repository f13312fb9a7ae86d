import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { Plan } from "../../../scripts/deploy/plan/change.ts";
import type { Desired } from "../../../scripts/deploy/plan/desired.ts";
import { renderPlan } from "../../../scripts/deploy/plan/render-plan.ts";
import { renderPlanJson } from "../../../scripts/deploy/plan/render-plan-json.ts";
import { describeStatus } from "../../../scripts/operate/describe-status.ts";
import { applyRollback, planRollback } from "../../../scripts/operate/roll-back.ts";
import { unbindAction } from "../../../scripts/operate/unbind.ts";
import { describeLive } from "../../faults/describe-live.ts";
import { spawnScript } from "../../support/spawn-script.ts";
import { changeAction, type ProjectOnTenant, reorder, SECRETS, startProjectOnTenant } from "./project-on-tenant.ts";

const summarize = ({ changes }: Plan) => changes.map(({ operation, type, name }) => `${operation} ${type} ${name}`);
const ORDER = [
  "require-verified-email",
  "sync-stripe-customer",
  "filter-scopes",
  "require-subscription",
  "add-email-claim",
] as const;
const ONCE = Object.fromEntries(ORDER.map((name) => [name, 1]));

describe("a deploy to a tenant on this machine", () => {
  let project: ProjectOnTenant;
  let management: ManagementClient;
  let desired: Desired;
  const printed: string[] = [];

  beforeAll(async () => {
    project = await startProjectOnTenant();
    management = project.prepared.connection.management;
    desired = project.prepared.desired;
    await project.deploy(desired, { onProgress: (text) => printed.push(text) });
    project.takeWrites();
  });
  afterAll(() => project.close());
  // Each test begins with what tenant.yaml says.
  afterEach(async () => {
    await project.deploy();
    project.takeWrites();
  });

  async function plan(next: Desired = desired): Promise<Plan> {
    const made = await project.plan(next);
    printed.push(renderPlan(made).join("\n"), renderPlanJson(made));
    return made;
  }
  const flow = async () =>
    (await project.read()).flow.flatMap(({ bindings }) => bindings.map(({ actionName }) => actionName));
  const actionId = async (name: string) => (await project.read()).action.find((action) => action.name === name)!.id;

  test("leaves nothing to do: the next one writes nothing and makes no version", async () => {
    expect(await project.versions()).toEqual(ONCE);
    expect(await flow()).toEqual(ORDER);
    const command = spawnScript("plan", [], project.environment);
    expect([await command.ended, command.stderr()]).toEqual([0, ""]);
    expect(command.stdout()).toContain("nothing to do");
    const { outcome } = await project.deploy();
    expect([outcome, project.takeWrites(), await project.versions()]).toEqual(["nothing to do", [], ONCE]);
  });

  test("of one line of one Action shows that line, writes three times at most and makes a version of that Action alone", async () => {
    const next = changeAction(desired, "filter-scopes", ({ code }) => ({
      code: code.replace(/\n$/, "\n// one line\n"),
    }));
    const made = await plan(next);
    expect(summarize(made)).toEqual(["update action filter-scopes"]);
    expect(renderPlan(made).filter((line) => /^ {4}[+-](?![+-])/.test(line))).toEqual(["    +// one line"]);
    await project.deploy(next);
    expect(project.takeWrites()).toEqual(["PATCH actions/:id", "POST actions/:id/deploy"]);
    expect(await project.versions()).toEqual({ ...ONCE, "filter-scopes": 2 });
  });

  const [first, second, third, fourth, fifth] = ORDER;
  test.each<[string, (from: Desired) => Desired, readonly string[], readonly string[]]>([
    [
      "two Actions swapped",
      (from) => reorder(from, second, first, third, fourth, fifth),
      ["reorder flow post-login"],
      ["PATCH actions/triggers/post-login/bindings"],
    ],
    [
      "a secret rotated",
      (from) =>
        changeAction(from, first, ({ secrets = [] }) => ({
          secrets: secrets.map((secret) => ({ ...secret, value: `${SECRETS.SESSION_TOKEN_SECRET}-rotated` })),
        })),
      [`update action ${first}`],
      ["PATCH actions/:id", "POST actions/:id/deploy"],
    ],
    [
      "a permission taken from a role",
      (from) => ({
        ...from,
        document: {
          ...from.document,
          roles:
            from.document.roles?.map((role) =>
              role.name === "editor" ? { ...role, permissions: role.permissions?.slice(1) ?? [] } : role,
            ) ?? [],
        },
      }),
      ["update role editor"],
      ["DELETE roles/:id/permissions"],
    ],
    [
      "a dependency bumped to another that can be installed",
      (from) => changeAction(from, fifth, () => ({ dependencies: [{ name: "diff", version: "9.0.0" }] })),
      [`update action ${fifth}`],
      ["PATCH actions/:id", "POST actions/:id/deploy"],
    ],
  ])("with %s does that and nothing else, and back again", async (_, change, changes, writes) => {
    const next = change(desired);
    expect(summarize(await plan(next))).toEqual(changes);
    await project.deploy(next);
    expect(project.takeWrites()).toEqual(writes);
    expect(summarize(await plan(next))).toEqual([]);
    expect(summarize(await plan()).length).toBe(changes.length);
  });

  test("with an Action renamed binds the new one in its place and shows the old one, which --allow-delete deletes", async () => {
    const rename = (name: string) => (name === fifth ? "renamed" : name);
    const next = reorder(
      changeAction(desired, fifth, () => ({ name: "renamed" })),
      ...ORDER.map(rename),
    );
    const made = await plan(next);
    expect(summarize(made)).toEqual(["create action renamed", "reorder flow post-login"]);
    await project.deploy(next);
    expect(await flow()).toEqual(ORDER.map(rename));
    expect((await plan(next)).unmanaged).toContainEqual({
      type: "action",
      name: fifth,
      note: "was ours: renamed or dropped",
    });
    const deletions = [{ type: "action", name: fifth }] as const;
    await project.deploy(next, { deletions });
    expect((await project.read()).action.map(({ name }) => name)).not.toContain(fifth);
    await project.deploy(desired, { deletions: [{ type: "action", name: "renamed" }] });
    expect(await flow()).toEqual(ORDER);
  });

  describe("with somebody else's Action in the middle of the flow", () => {
    beforeAll(async () => {
      const { id = "" } = await management.actions.create({
        name: "theirs",
        code: "exports.onExecutePostLogin = async () => {};",
        runtime: "node22",
        supported_triggers: [{ id: "post-login", version: "v3" }],
      });
      await settle(async () => (await management.actions.get(id)).status === "built");
      await management.actions.deploy(id);
      await settle(async () => (await management.actions.get(id)).deployed_version?.deployed === true);
      await bind(first, "theirs", second, third, fourth, fifth);
      project.takeWrites();
    });
    afterAll(async () => {
      await bind(...ORDER);
      await management.actions.delete(await actionId("theirs"));
    });

    test("has nothing to do", async () => {
      const made = await plan();
      expect([summarize(made), made.unmanaged.at(-1)]).toEqual([
        [],
        { type: "action", name: "theirs", note: "not ours" },
      ]);
    });

    test("keeps it where it is, whatever ours do around it", async () => {
      const next = reorder(desired, fifth, second, third, fourth, first);
      expect(summarize(await plan(next))).toEqual(["reorder flow post-login"]);
      await project.deploy(next);
      expect(await flow()).toEqual([fifth, "theirs", second, third, fourth, first]);
    });

    test("unbind takes one Action out, the others run on in their order", async () => {
      const [unbound] = await unbindAction(management, await project.read(), third);
      expect(unbound).toEqual({ trigger: "post-login", remaining: [first, "theirs", second, fourth, fifth] });
      expect(await flow()).toEqual([first, "theirs", second, fourth, fifth]);
      await expect(unbindAction(management, await project.read(), third)).rejects.toMatchObject({
        code: "ACTION_NOT_BOUND",
      });
      expect(summarize(await plan())).toEqual(["reorder flow post-login"]);
    });
  });

  test.each([
    ["a draft", false],
    ["a draft that was deployed", true],
  ])("after %s made by hand shows that Action alone and puts it right", async (_, isDeployed) => {
    const id = await actionId(third);
    await management.actions.update(id, { code: "exports.onExecutePostLogin = async () => {};" });
    await settle(async () => (await management.actions.get(id)).status === "built");
    if (isDeployed) {
      await management.actions.deploy(id);
      await settle(async () => (await management.actions.get(id)).all_changes_deployed === true);
    }
    expect(summarize(await plan())).toEqual([`update action ${third}`]);
    await project.deploy();
    expect(summarize(await plan())).toEqual([]);
    const code = (await project.read()).action.find(({ name }) => name === third)!;
    expect(code.draft.code).toBe(code.live!.code);
  });

  test("whose dependency does not exist fails, names it, and leaves code, draft, order and version as they were", async () => {
    const before = await project.read();
    const next = reorder(
      changeAction(desired, second, () => ({ dependencies: [{ name: "stripe", version: "0.0.404" }] })),
      ...[...ORDER].reverse(),
    );
    const failed = project.deploy(next, { onProgress: (text) => printed.push(text) });
    await expect(failed).rejects.toMatchObject({
      code: "DEPLOY_ROLLED_BACK",
      exitCode: 1,
      message: expect.stringMatching(/sync-stripe-customer[\s\S]*stripe@0\.0\.404/),
    });
    await settle(async () => (await project.read()).action.every(({ draft }) => draft.status === "built"));
    const after = await project.read();
    expect(after.flow).toEqual(before.flow);
    expect(after.action).toEqual(before.action);
  });

  test("is refused when the tenant changed since it was planned", async () => {
    const next = reorder(desired, second, first, third, fourth, fifth);
    const confirm = async () => {
      await bind(third, first, second, fourth, fifth);
      project.takeWrites();
      return true;
    };
    await expect(project.deploy(next, { confirm })).rejects.toMatchObject({ code: "PLAN_STALE", exitCode: 1 });
    expect(project.takeWrites()).toEqual([]);
  });

  test("beside another one never mixes with it", async () => {
    const one = reorder(
      changeAction(desired, first, ({ code }) => ({ code: `${code}// one\n` })),
      second,
      first,
      third,
      fourth,
      fifth,
    );
    const other = reorder(
      changeAction(desired, second, ({ code }) => ({ code: `${code}// other\n` })),
      fifth,
      fourth,
      third,
      second,
      first,
    );
    const states = new Map<string, string>();
    for (const [name, state] of Object.entries({ one, other, former: desired })) {
      await project.deploy(state);
      states.set(describeLive(await project.read()), name);
    }
    for (const delay of [0, 20, 60, 150, 300]) {
      const endings = await Promise.allSettled([
        project.deploy(one),
        new Promise((resolve) => setTimeout(resolve, delay)).then(() => project.deploy(other)),
      ]);
      const wonBy = endings.map(({ status }, index) => (status === "fulfilled" ? ["one", "other"][index] : "former"));
      const live = states.get(describeLive(await project.read()));
      // Whoever says that it is live is right; when both were rolled back, what was there before is.
      const last = wonBy.includes("other") && wonBy[0] === "former" ? "other" : wonBy[0];
      expect({ delay, endings, live }).toEqual({
        delay,
        endings,
        live: wonBy.every((name) => name !== "former") ? "other" : last,
      });
      await project.deploy();
    }
  });

  test("can be taken back by hand: one Action, to a version, and all of the last deploy", async () => {
    const change = (from: Desired, name: string, text: string) =>
      changeAction(from, name, ({ code }) => ({ code: `${code}// ${text}\n` }));
    await project.deploy(change(change(desired, first, "x"), second, "x"));
    const before = await project.versions();
    const steps = await planRollback(management, await project.read(), [...ORDER], { name: first });
    expect(steps.map(({ action, from }) => [action.name, from])).toEqual([[first, before[first]]]);
    await applyRollback(management, steps);
    const live = await project.read();
    const codeOf = (name: string) => live.action.find((action) => action.name === name)!.live!.code;
    expect([codeOf(first).includes("// x"), codeOf(second).includes("// x")]).toEqual([false, true]);
    expect(live.action.find(({ name }) => name === first)!.live!.number).toBe(before[first]! + 1);

    const toOne = await planRollback(management, live, [...ORDER], { name: second, to: 1 });
    expect(toOne.map(({ to }) => to.number)).toEqual([1]);
    await expect(planRollback(management, live, [...ORDER], { name: second, to: 99 })).rejects.toMatchObject({
      code: "VERSION_UNKNOWN",
    });
    await expect(planRollback(management, live, [...ORDER], { name: "nobody" })).rejects.toMatchObject({
      code: "ACTION_UNKNOWN",
    });
    const status = describeStatus(live, project.prepared.build.actions);
    expect(status.map(({ name, place, checkout }) => [name, place, checkout])).toEqual([
      [first, "post-login 1", "same"],
      [second, "post-login 2", "differs"],
      [third, "post-login 3", "same"],
      [fourth, "post-login 4", "same"],
      [fifth, "post-login 5", "same"],
    ]);
    // The plan sees that nobody deployed that from here.
    expect(summarize(await plan())).toEqual([`update action ${first}`, `update action ${second}`]);
  });

  test("prints no secret: not in a plan, nor as JSON, nor on the way, nor by the commands", async () => {
    const rotated = { ...project.environment, STRIPE_SECRET_KEY: "rk_test_rotated_and_searched_for" };
    const commands = [
      spawnScript("plan", ["--json"], rotated),
      spawnScript("deploy", ["--yes"], rotated),
      spawnScript("status", ["--json"], rotated),
    ];
    const [json, deploy, status] = commands;
    expect(await json!.ended).toBe(10);
    expect(JSON.parse(json!.stdout())).toMatchObject({ version: 1, changes: [{ name: second }, { name: fourth }] });
    expect([await deploy!.ended, await status!.ended]).toEqual([0, 0]);
    const all = [...printed, ...commands.flatMap(({ stdout, stderr }) => [stdout(), stderr()])].join("\n");
    expect(all.length).toBeGreaterThan(5_000);
    for (const value of [...Object.values(SECRETS), rotated.STRIPE_SECRET_KEY, project.tenant.clientSecret]) {
      expect(all).not.toContain(value);
    }
  });

  async function bind(...names: readonly string[]): Promise<void> {
    await management.actions.triggers.bindings.updateMany("post-login", {
      bindings: names.map((value) => ({ ref: { type: "action_name", value }, display_name: value })),
    });
  }
});

async function settle(isDone: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    if (await isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not settle");
}
