import { describe, expect, test } from "@jest/globals";
import { markCode } from "../../../../scripts/deploy/kinds/action/marker.ts";
import type { DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import { planTenant } from "../../../../scripts/deploy/plan/plan-tenant.ts";
import { ACTIONS, deployed, deployedTenant, desire } from "../plan/tenants.ts";

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

describe("a new Action", () => {
  const fieldsOf = (change: Partial<DesiredAction>) =>
    planTenant(
      desire({ actions: [{ ...second, ...change }], document: { triggers: {} } }),
      deployedTenant({ action: [] }),
    ).changes.map(({ operation, fields }) => [operation, fields]);
  const whole = [
    { path: "runtime", before: undefined, after: "node22" },
    { path: "dependencies[stripe]", before: undefined, after: "23.1.0" },
    { path: "secrets[KEY]", before: undefined, after: "a value" },
    { path: "secrets[MODE]", before: undefined, after: "a value" },
    { path: "code", before: undefined, after: "4 bytes" },
  ];

  test.each<[string, Partial<DesiredAction>, readonly object[]]>([
    ["that is to be live", {}, whole],
    ["that is to be live, said so", { deployed: true }, whole],
    [
      "that stays a draft",
      { deployed: false },
      [...whole, { path: "deployed", before: undefined, after: "stays a draft" }],
    ],
  ])("is shown with all it has: one %s", (_, change, expected) => {
    const dependencies = [{ name: "stripe", version: "23.1.0" }];
    expect(fieldsOf({ code: "é =", dependencies, ...change })).toEqual([["create", expected]]);
  });

  test("is shown with its code alone where tenant.yaml has nothing else", () => {
    const { runtime: _, dependencies: __, secrets: ___, ...bare } = { ...second, code: "1" };
    const { changes } = planTenant(
      desire({ actions: [bare], document: { triggers: {} } }),
      deployedTenant({ action: [] }),
    );
    expect(changes[0]?.fields).toEqual([{ path: "code", before: undefined, after: "1 bytes" }]);
  });

  test("needs the values of its secrets, as one does that was never deployed", () => {
    const secrets = [{ name: "KEY" }, { name: "MODE", value: "deny" }];
    const { live: _, ...draft } = deployed(second);
    for (const action of [[], [draft]]) {
      expect(() =>
        planTenant(
          desire({ actions: [{ ...second, secrets }], document: { triggers: {} } }),
          deployedTenant({ action }),
        ),
      ).toThrow(
        "actions[0].secrets: The secrets of second are to be written, all of them, as Auth0 wants it; KEY has no value here. Give it one, as @@NAME@@.",
      );
    }
  });
});

describe("what is said of an Action that Auth0 would refuse", () => {
  const refuse = (
    change: Partial<DesiredAction>,
    live: readonly ReturnType<typeof deployed>[] = [deployed(second)],
  ) => {
    try {
      planTenant(
        desire({ actions: [first, { ...second, ...change }], document: { triggers: {} } }),
        deployedTenant({ action: [deployed(first), ...live] }),
      );
    } catch (error) {
      return (error as Error).message.split("\n")[1];
    }
    throw new Error("it was taken");
  };
  const old = { runtime: "node16" };

  test.each<[string, string | undefined, string]>([
    [
      "another runtime than the one that it has",
      refuse(old),
      "actions[1].runtime: second has node22 in the tenant, and Auth0 gives node16 to no Action that does not have it. Write node22 or node18-actions.",
    ],
    [
      "a runtime for a new one",
      refuse(old, []),
      "actions[1].runtime: second is new, and Auth0 gives node16 to no Action that does not have it. Write node22 or node18-actions.",
    ],
    [
      "a runtime for a trigger that nobody knows",
      refuse({ ...old, triggers: [{ id: "unheard-of", version: "v1" }] }, []),
      "actions[1].runtime: second is new, and Auth0 gives node16 to no Action that does not have it. Write node22.",
    ],
    [
      "a runtime for no trigger",
      refuse({ ...old, triggers: [] }, []),
      "actions[1].runtime: second is new, and Auth0 gives node16 to no Action that does not have it. Write node22.",
    ],
    [
      "modules for a new one",
      refuse(
        {
          modules: [
            { name: "rates", version: 2 },
            { name: "taxes", version: 1 },
          ],
        },
        [],
      ),
      "actions[1].modules: second has no modules in the tenant, not rates 2, taxes 1, and this version does not write modules of Actions. Set them in the dashboard, or leave modules out.",
    ],
    [
      "an older trigger",
      refuse({ triggers: postLogin("v2") }),
      "actions[1].supported_triggers: second has post-login v3 in the tenant, and Auth0 changes an Action to a newer version of its trigger only, not to post-login v2. Give the Action for post-login a name of its own.",
    ],
  ])("%s", (_, said, expected) => {
    expect(said?.trim()).toBe(expected);
  });

  test("is nothing where it keeps what it has, in whatever order, and where the trigger still offers the runtime", () => {
    const modules = [
      { name: "rates", version: 2 },
      { name: "taxes", version: 1 },
    ];
    const { live, draft, ...rest } = deployed(second);
    const inDraft = { ...rest, draft: { ...draft, modules } };
    const inLive = { ...rest, draft: { ...draft, modules: [] }, live: { ...live!, modules: modules.toReversed() } };
    const planOf = (change: Partial<DesiredAction>, action: ReturnType<typeof deployed>) =>
      planTenant(
        desire({ actions: [{ ...second, ...change }], document: { triggers: {} } }),
        deployedTenant({ action: [action] }),
      ).changes.map(({ fields }) => fields.map(({ path }) => path));
    expect(planOf({ modules }, inLive)).toEqual([]);
    expect(planOf({ modules }, inDraft)).toEqual([["deployed"]]);
    expect(planOf({ modules, deployed: false }, { ...inLive, draft: inDraft.draft })).toEqual([]);
    expect(planOf({}, { ...deployed(second), triggers: [] })).toEqual([["supported_triggers[post-login].version"]]);
  });
});

test.each<[string, string, string]>([
  ["somebody without this tool", "exports.onExecutePostLogin = () => {};\n", "somebody else"],
  ["another project", markCode(first.code, { owner: "theirs", secrets: "", version: 1 }), "theirs"],
])("an Action of our name that %s deployed is said to change hands", (_, code, before) => {
  const present = deployed(first);
  const taken = { ...present, draft: { ...present.draft, code }, live: { ...present.live!, code } };
  const { changes } = planTenant(
    desire({ actions: [first, second] }),
    deployedTenant({ action: [taken, deployed(second)] }),
  );
  expect(changes.find(({ name }) => name === "first")?.fields).toContainEqual({
    path: "deployed by",
    before,
    after: "this-project",
  });
});
