import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Management, ManagementError } from "auth0";
import { readActions } from "../../../../scripts/deploy/kinds/action/read.ts";
import { readFlow } from "../../../../scripts/deploy/kinds/flow/read.ts";
import type { TenantReader } from "../../../../scripts/deploy/kinds/kind.ts";
import type { DesiredAction } from "../../../../scripts/deploy/plan/desired.ts";
import type { TenantDocument } from "../../../../scripts/tenant/document.ts";
import { action as makeAction } from "../plan/tenants.ts";
import { type KindsOnTenant, startKindsOnTenant } from "./kinds-on-tenant.ts";

const CODE = "exports.onExecutePostLogin = async () => {};\n";
const KEY = [{ name: "KEY", value: "first value" }];
/** The comment that code is sent with. */
const marked = (version: number, code = CODE) =>
  expect.stringMatching(
    new RegExp(
      `^${code.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&")}// deployed-by: \\{"owner":"this-project","secrets":"[\\w-]*","version":${version}\\}\\n$`,
    ),
  );
const guard = (change: Partial<DesiredAction> = {}): DesiredAction =>
  makeAction("guard", { code: CODE, secrets: KEY, ...change });
const greet = (change: Partial<DesiredAction> = {}): DesiredAction =>
  makeAction("greet", { code: CODE, secrets: [], ...change });

const documentOf = (
  actions: readonly DesiredAction[],
  names: readonly string[] = actions.filter(({ deployed }) => deployed !== false).map(({ name }) => name),
): TenantDocument => ({
  actions: actions.map(({ name, triggers }) => ({ name, code: `./${name}.js`, supported_triggers: triggers })),
  triggers: { "post-login": names.map((action_name) => ({ action_name })) },
});

describe("Actions and their order", () => {
  let on: KindsOnTenant;
  beforeAll(async () => {
    on = await startKindsOnTenant();
  });
  afterAll(() => on.tenant.close());

  const deploy = (
    actions: readonly DesiredAction[],
    { names, ...wish }: Parameters<KindsOnTenant["deploy"]>[1] & { readonly names?: readonly string[] } = {},
  ) => on.deploy(documentOf(actions, names), { actions, ...wish });
  const state = () => on.tenant.tenant.state;
  const stored = (name: string) => state().actions.find((row) => row.name === name)!;
  const live = async (name: string) => (await on.management.actions.get(stored(name).id)).deployed_version;
  /** Something goes wrong once this was said. */
  const failAfter = (reported: string) => (text: string) => {
    if (text === reported) throw new Error("something went wrong");
  };
  const onRequest = (
    method: string,
    path: RegExp,
    fateOf: () => ReturnType<Parameters<KindsOnTenant["decide"]>[0]>,
  ) => {
    let isFirst = true;
    on.decide((request) => {
      if (request.method !== method || !path.test(request.path) || !isFirst) return undefined;
      isFirst = false;
      return fateOf();
    });
  };

  test("are made as drafts with all they have, then deployed, then bound", async () => {
    const drafts = [guard(), greet(), makeAction("kept", { code: CODE, deployed: false, dependencies: [] })];
    expect(await deploy(drafts)).toEqual([
      "created action guard",
      "created action greet",
      "created action kept",
      "bound flow post-login",
    ]);
    const writes = on.takeWrites();
    expect(writes.slice(0, 3)).toEqual([
      [
        "POST /actions/actions",
        {
          name: "guard",
          code: marked(1),
          runtime: "node22",
          dependencies: [],
          secrets: [{ name: "KEY", value: "first value" }],
          supported_triggers: [{ id: "post-login", version: "v3" }],
        },
      ],
      [
        "POST /actions/actions",
        {
          name: "greet",
          code: marked(1),
          runtime: "node22",
          dependencies: [],
          secrets: [],
          supported_triggers: [{ id: "post-login", version: "v3" }],
        },
      ],
      [
        "POST /actions/actions",
        {
          name: "kept",
          code: marked(1),
          runtime: "node22",
          dependencies: [],
          secrets: [],
          supported_triggers: [{ id: "post-login", version: "v3" }],
        },
      ],
    ]);
    expect(writes.slice(3)).toEqual([
      ["POST /actions/actions/:id/deploy"],
      ["POST /actions/actions/:id/deploy"],
      [
        "PATCH /actions/triggers/post-login/bindings",
        {
          bindings: [
            { ref: { type: "action_id", value: stored("guard").id }, display_name: "guard" },
            { ref: { type: "action_id", value: stored("greet").id }, display_name: "greet" },
          ],
        },
      ],
    ]);
    expect(await live("kept")).toBe(undefined);
    expect(await deploy(drafts)).toEqual([]);
    await on.deploy(documentOf([guard(), greet()]), { actions: [guard(), greet()], deletions: ["action:kept"] });
    expect(on.takeWrites()).toEqual([["DELETE /actions/actions/:id"]]);
  });

  describe("once they are there", () => {
    const BASE = [guard(), greet()];
    let number = 1;
    beforeEach(async () => {
      on.decide(() => undefined);
      await deploy(BASE);
      on.takeWrites();
      number = (await live("guard"))?.number ?? 0;
    });

    test.each<[string, Partial<DesiredAction>, object]>([
      ["code alone", { code: `${CODE}// more\n` }, { code: `${CODE}// more\n`, dependencies: [] }],
      ["another runtime", { runtime: "node18-actions" }, { runtime: "node18-actions", dependencies: [] }],
      [
        "a secret",
        { secrets: [{ name: "KEY", value: "other" }] },
        { dependencies: [], secrets: [{ name: "KEY", value: "other" }] },
      ],
      ["no secret, where there was one", { secrets: [] }, { dependencies: [], secrets: [] }],
    ])("have what differs sent: %s", async (_, change, body) => {
      const actions = [guard(change), greet()];
      expect(await deploy(actions)).toEqual(["updated action guard"]);
      expect(on.takeWrites()).toEqual([
        ["PATCH /actions/actions/:id", { ...body, code: marked(number + 1, change.code ?? CODE) }],
        ["POST /actions/actions/:id/deploy"],
      ]);
      expect(await deploy(actions)).toEqual([]);
      expect(on.takeWrites()).toEqual([]);
    });

    test("keep what tenant.yaml does not have", async () => {
      const { secrets: _, dependencies: __, runtime: ___, ...bare } = guard({ code: `${CODE}// bare\n` });
      await deploy([bare, greet()]);
      expect(on.takeWrites()).toEqual([
        ["PATCH /actions/actions/:id", { code: marked(number + 1, `${CODE}// bare\n`) }],
        ["POST /actions/actions/:id/deploy"],
      ]);
      expect((await live("guard"))?.secrets).toMatchObject([{ name: "KEY" }]);
      expect(await deploy([bare, greet()])).toEqual([]);
    });

    test("have their secrets written again when somebody has changed them in the draft", async () => {
      await on.management.actions.update(stored("guard").id, {
        secrets: [
          { name: "KEY", value: "first value" },
          { name: "MORE", value: "by hand" },
        ],
      });
      on.takeWrites();
      await deploy([guard({ code: `${CODE}// again\n` }), greet()]);
      const [[, body] = []] = on.takeWrites();
      expect(body).toMatchObject({ secrets: [{ name: "KEY", value: "first value" }] });
    });

    test("that are sent byte for byte have no marker, and their secrets when they are asked for", async () => {
      const verbatim = guard({ isVerbatim: true });
      await deploy([verbatim, greet()]);
      expect(on.takeWrites()[0]).toEqual(["PATCH /actions/actions/:id", { code: CODE, dependencies: [] }]);
      expect(await deploy([verbatim, greet()])).toEqual([]);
      await deploy([verbatim, greet()], { writeSecrets: ["action:guard"] });
      expect(on.takeWrites()[0]).toEqual([
        "PATCH /actions/actions/:id",
        { code: CODE, dependencies: [], secrets: [{ name: "KEY", value: "first value" }] },
      ]);
      const document = documentOf([verbatim, greet()]);
      expect((await on.plan(document, { actions: [verbatim, greet()] })).uncompared).toEqual([
        "action:guard secrets[KEY]",
      ]);
    });

    test("are put back by a draft where code alone was written, and by the version that had the secrets", async () => {
      const failing = (change: Partial<DesiredAction>) =>
        deploy([guard(change), greet({ deployed: false, code: `${CODE}// draft\n` })], {
          names: ["guard", "greet"],
          onReport: failAfter("updated action greet"),
        });
      await expect(failing({ code: `${CODE}// more\n` })).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
      expect(
        on
          .takeWrites()
          .slice(2)
          .map(([what, body]) => [what, Object.keys((body as object | undefined) ?? {})]),
      ).toEqual([
        ["PATCH /actions/actions/:id", ["code", "dependencies"]],
        ["PATCH /actions/actions/:id", ["code", "dependencies"]],
      ]);
      expect((await live("guard"))?.number).toBe(number);
      await expect(failing({ secrets: [{ name: "KEY", value: "other" }] })).rejects.toMatchObject({
        code: "DEPLOY_ROLLED_BACK",
      });
      expect(on.takeWrites().slice(2)).toEqual([
        ["PATCH /actions/actions/:id", expect.objectContaining({ dependencies: [] })],
        ["POST /actions/actions/:id/versions/:id/deploy", { update_draft: true }],
      ]);
      expect(await deploy(BASE)).toEqual(["updated action guard"]);
    });

    test("have the version back that ran, when something fails after they were deployed", async () => {
      const failing = deploy([guard({ code: `${CODE}// more\n` }), greet()], {
        names: ["greet", "guard"],
        onReport: failAfter("updated action guard"),
      });
      await expect(failing).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
      expect(on.takeWrites().map(([what]) => what)).toEqual([
        "PATCH /actions/actions/:id",
        "POST /actions/actions/:id/deploy",
        "POST /actions/actions/:id/versions/:id/deploy",
      ]);
      expect(await live("guard")).toMatchObject({ number: number + 2, code: expect.not.stringContaining("// more") });
    });

    test("are deployed once where the answer to it is lost", async () => {
      onRequest("POST", /\/deploy$/, () => "lost after");
      expect(await deploy([guard({ code: `${CODE}// lost\n` }), greet()])).toEqual(["updated action guard"]);
      expect(on.takeWrites().map(([what]) => what)).toEqual([
        "PATCH /actions/actions/:id",
        "POST /actions/actions/:id/deploy",
      ]);
      expect((await live("guard"))?.number).toBe(number + 1);
    });

    test("are made once where the answer to their creation is lost", async () => {
      onRequest("POST", /^\/actions\/actions$/, () => "lost after");
      const added = [...BASE, makeAction("lost", { code: CODE })];
      expect(await deploy(added, { names: ["guard", "greet"] })).toEqual(["created action lost"]);
      expect(state().actions.filter(({ name }) => name === "lost")).toHaveLength(1);
      await deploy(BASE, { deletions: ["action:lost"] });
    });

    test("are changed beside one that is made", async () => {
      const added = makeAction("beside", { code: CODE });
      const actions = [guard({ code: `${CODE}// more\n` }), greet(), added];
      expect([...(await deploy(actions, { names: ["guard", "greet"] }))].sort()).toEqual([
        "created action beside",
        "updated action guard",
      ]);
      expect(
        on
          .takeWrites()
          .map(([what]) => what)
          .sort(),
      ).toEqual([
        "PATCH /actions/actions/:id",
        "POST /actions/actions",
        "POST /actions/actions/:id/deploy",
        "POST /actions/actions/:id/deploy",
      ]);
      await deploy(BASE, { deletions: ["action:beside"] });
    });

    test("have their secrets sent again where somebody put an earlier version live: it may have others", async () => {
      const versions = (await on.management.actions.versions.list(stored("guard").id)).data;
      const first = versions.find(({ number: one }) => one === number);
      await deploy([guard({ secrets: [{ name: "KEY", value: "second value" }] }), greet()]);
      await on.management.actions.versions.deploy(stored("guard").id, first?.id ?? "", { update_draft: true });
      on.takeWrites();
      await deploy(BASE);
      expect(on.takeWrites()[0]).toEqual([
        "PATCH /actions/actions/:id",
        expect.objectContaining({ secrets: [{ name: "KEY", value: "first value" }] }),
      ]);
    });

    test("have their secrets sent where the code that runs has no marker to say which it has", async () => {
      await deploy([guard({ isVerbatim: true }), greet()]);
      on.takeWrites();
      await deploy(BASE);
      expect(on.takeWrites()[0]).toEqual([
        "PATCH /actions/actions/:id",
        expect.objectContaining({ secrets: [{ name: "KEY", value: "first value" }] }),
      ]);
    });

    test.each<[string, "GET" | "POST"]>([
      ["before it is deployed", "GET"],
      ["while it is", "POST"],
    ])("are left to somebody else who writes one %s", async (_, method) => {
      const { id } = stored("guard");
      onRequest(method, method === "GET" ? /^\/actions\/actions\/[\w-]+$/ : /\/deploy$/, () => {
        const row = state().actions.get(id)!;
        state().actions.set(id, { ...row, draft: { ...row.draft, code: `${CODE}// theirs\n` } });
        return method === "GET" ? undefined : Response.json({ message: "not built" }, { status: 400 });
      });
      await expect(deploy([guard({ code: `${CODE}// ours\n` }), greet()])).rejects.toMatchObject({
        code: "PLAN_STALE",
        message: expect.stringContaining("Somebody else is writing guard at the same time."),
      });
      expect(stored("guard").draft.code).toBe(`${CODE}// theirs\n`);
    });

    test("say in the tenant's words why one cannot be deployed", async () => {
      onRequest("POST", /\/deploy$/, () => Response.json({ message: "no such thing" }, { status: 400 }));
      await expect(deploy([guard({ code: `${CODE}// ours\n` }), greet()])).rejects.toMatchObject({
        code: "DEPLOY_ROLLED_BACK",
        message: expect.stringContaining("no such thing"),
      });
    });

    test("have a draft written anew that differs from what runs", async () => {
      await on.management.actions.update(stored("guard").id, { code: `${CODE}// by hand\n` });
      on.takeWrites();
      const { changes } = await on.plan(documentOf(BASE), { actions: BASE });
      expect(changes).toMatchObject([
        {
          name: "guard",
          fields: [{ path: "draft", before: "differs from the deployed version", after: "as deployed" }],
        },
      ]);
      expect(await deploy(BASE)).toEqual(["updated action guard"]);
    });

    test("change places by one request that names all, those of others by their ids", async () => {
      const { id = "" } = await on.management.actions.create({
        name: "theirs",
        code: CODE,
        supported_triggers: [{ id: "post-login", version: "v3" }],
      });
      await on.management.actions.deploy(id);
      await on.management.actions.triggers.bindings.updateMany("post-login", {
        bindings: [
          { ref: { type: "action_id", value: stored("guard").id }, display_name: "guard" },
          { ref: { type: "action_id", value: id }, display_name: "By another name" },
          { ref: { type: "action_id", value: stored("greet").id }, display_name: "greet" },
        ],
      });
      on.takeWrites();
      const names = ["greet", "guard"];
      const order = {
        bindings: [
          { ref: { type: "action_id", value: stored("greet").id }, display_name: "greet" },
          { ref: { type: "action_id", value: id }, display_name: "By another name" },
          { ref: { type: "action_id", value: stored("guard").id }, display_name: "guard" },
        ],
      };
      const failing = deploy(BASE, { names, onReport: failAfter("re-ordered flow post-login") });
      await expect(failing).rejects.toMatchObject({ code: "DEPLOY_ROLLED_BACK" });
      expect(on.takeWrites()).toEqual([
        ["PATCH /actions/triggers/post-login/bindings", order],
        ["PATCH /actions/triggers/post-login/bindings", { bindings: order.bindings.toReversed() }],
      ]);
      expect(await deploy(BASE, { names })).toEqual(["re-ordered flow post-login"]);
      expect(on.takeWrites()).toEqual([["PATCH /actions/triggers/post-login/bindings", order]]);
      expect((await on.read(documentOf(BASE))).flow[0]?.bindings.map(({ displayName }) => displayName)).toEqual([
        "greet",
        "By another name",
        "guard",
      ]);
      await on.management.actions.triggers.bindings.updateMany("post-login", { bindings: [] });
      await on.management.actions.delete(id);
    });

    test.each<[string, readonly string[], string]>([
      ["others", ["greet"], "greet"],
      ["none", [], "nothing"],
    ])("are not bound over an order that somebody changed since the plan: to %s", async (_, bound, runs) => {
      let reads = 0;
      on.decide(({ method, path }) => {
        if (method !== "GET" || !path.endsWith("/bindings")) return undefined;
        reads += 1;
        // The first is for the plan.
        if (reads !== 2) return undefined;
        return () =>
          on.management.actions.triggers.bindings.updateMany("post-login", {
            bindings: bound.map((value) => ({ ref: { type: "action_name", value }, display_name: value })),
          });
      });
      await expect(deploy(BASE, { names: ["greet", "guard"] })).rejects.toMatchObject({
        code: "PLAN_STALE",
        message: expect.stringContaining(
          `Somebody changed the flow post-login since it was planned: it runs ${runs}. Plan again.`,
        ),
      });
    });

    test("are left in the order that somebody else gave them since", async () => {
      const failing = deploy(BASE, {
        names: ["greet", "guard"],
        onReport(text) {
          if (text !== "re-ordered flow post-login") return;
          onRequest(
            "GET",
            /bindings$/,
            () => () =>
              on.management.actions.triggers.bindings.updateMany("post-login", {
                bindings: [{ ref: { type: "action_name", value: "greet" }, display_name: "greet" }],
              }),
          );
          throw new Error("something went wrong");
        },
      });
      await expect(failing).rejects.toMatchObject({
        code: "PLAN_STALE",
        message: expect.stringContaining("the order of post-login"),
      });
      expect(on.takeWrites()).toHaveLength(2);
    });
  });
});

test("an Action of which Auth0 answers its name alone is read with nothing in it", async () => {
  const rows: Management.Action[] = [
    {},
    {
      id: "1",
      name: "a",
      status: "built",
      code: "c",
      runtime: "node22",
      supported_triggers: [{ id: "post-login" }],
      dependencies: [{}],
      secrets: [{}],
      modules: [{}],
      deployed_version: { created_at: "2026-01-02T00:00:00.000Z" },
    },
  ] as Management.Action[];
  const management = { actions: { list: async () => rows } };
  expect(await readActions({ management } as unknown as TenantReader)).toEqual([
    {
      id: "",
      name: "",
      triggers: [],
      draft: { code: "", runtime: "", dependencies: [], secrets: [], status: "pending" },
    },
    {
      id: "1",
      name: "a",
      triggers: [{ id: "post-login", version: "" }],
      draft: {
        code: "c",
        runtime: "node22",
        dependencies: [{ name: "", version: "" }],
        secrets: [{ name: "", updatedAt: "" }],
        modules: [{ name: "", version: 0 }],
        status: "built",
      },
      live: {
        code: "",
        runtime: "",
        dependencies: [],
        secrets: [],
        versionId: "",
        number: 0,
        since: "2026-01-02T00:00:00.000Z",
      },
    },
  ]);
});

describe("the order of a trigger", () => {
  const listing = (answer: () => Promise<readonly object[]>) =>
    readFlow({ actions: { triggers: { bindings: { list: answer } } } } as never, "post-login");
  const refusing = (statusCode: number, message: string) => () =>
    Promise.reject(new ManagementError({ message, statusCode }));

  test("has a binding called after its Action where it has no name of its own", async () => {
    expect(await listing(async () => [{ id: "b", action: { id: "1", name: "guard" } }, { display_name: "x" }])).toEqual(
      {
        id: "post-login",
        name: "post-login",
        isSystem: true,
        bindings: [
          { id: "b", actionId: "1", actionName: "guard", displayName: "guard" },
          { id: "", actionId: "", actionName: "", displayName: "x" },
        ],
      },
    );
  });

  test("is none for one that is bound to an entity, and only for such a one", async () => {
    expect(await listing(refusing(400, "This is an entity-bound trigger"))).toBe(undefined);
    await expect(listing(refusing(400, "Bad"))).rejects.toThrow("Bad");
    await expect(listing(refusing(403, "This is an entity-bound trigger"))).rejects.toThrow("entity");
    await expect(listing(() => Promise.reject(new Error("entity-bound trigger")))).rejects.toThrow("entity");
  });
});
