import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Management, type ManagementClient } from "auth0";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import { createMovableClock } from "../../../../local/clock.ts";
import { call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";
import { createManagementClient } from "../../../support/management-client.ts";

const AT_ONCE = { pendingFor: 0, buildingFor: 0, retryingFor: 0, deployingFor: 0 };

let tenant: LocalTenant;
let sdk: ManagementClient;
let lines: string[];
beforeEach(async () => {
  lines = [];
  tenant = await startTestTenant({ actionBuilds: AT_ONCE, log: (line) => lines.push(line) });
  sdk = createManagementClient(tenant);
});
afterEach(() => tenant.close());

/** Those whose flow this tenant does not have; which of the others run is seen in trigger-docs.test.ts. */
const SKIPPED: readonly string[] = [
  "send-phone-message",
  "login-post-identifier",
  "signup-post-identifier",
  "post-credential-validation",
];

type TriggerId = Management.ActionTriggerTypeEnum;

async function deployed(name: string, id: TriggerId = "post-login", version = "v3"): Promise<string> {
  const action = await sdk.actions.create({ name, supported_triggers: [{ id, version }], code: name });
  await sdk.actions.deploy(action.id ?? "");
  return action.id ?? "";
}

const byName = (value: string): Management.ActionBindingWithRef => ({ ref: { type: "action_name", value } });

async function bind(...bindings: Management.ActionBindingWithRef[]) {
  return (await sdk.actions.triggers.bindings.updateMany("post-login", { bindings })).bindings ?? [];
}

async function flow(): Promise<(string | undefined)[]> {
  return (await sdk.actions.triggers.bindings.list("post-login")).data.map((binding) => binding.action?.name);
}

describe("the list of triggers", () => {
  test("has the current version of every trigger that can be bound, with its runtimes", async () => {
    const { triggers = [] } = await sdk.actions.triggers.list();
    const current = triggers.filter(
      ({ status, binding_policy }) => status === "CURRENT" && binding_policy === "trigger-bound",
    );

    expect(triggers).toHaveLength(20);
    expect(current.map(({ id, version }) => `${id} ${version}`).sort()).toEqual([
      "credentials-exchange v2",
      "custom-email-provider v1",
      "custom-phone-provider v1",
      "password-reset-post-challenge v1",
      "post-change-password v2",
      "post-login v3",
      "post-user-registration v2",
      "pre-user-registration v2",
      "send-phone-message v2",
    ]);
    expect(triggers[0]).toEqual({
      id: "post-login",
      version: "v3",
      status: "CURRENT",
      runtimes: ["node18-actions", "node22"],
      default_runtime: "node22",
      binding_policy: "trigger-bound",
      compatible_triggers: [{ id: "post-login", version: "v2" }],
    });
  });
});

describe("the flow of a trigger", () => {
  test("runs in the order of the request, whatever the entries refer by", async () => {
    const [one, two] = [await deployed("one"), await deployed("two")];
    const [former] = await bind(byName("one"));
    const bindings = await bind(
      { ref: { type: "action_id", value: two }, display_name: "Second" },
      { ref: { type: "binding_id", value: former?.id ?? "" } },
    );

    expect(bindings).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        trigger_id: "post-login",
        action: {
          id: two,
          name: "two",
          supported_triggers: [{ id: "post-login", version: "v3" }],
          created_at: expect.any(String),
          updated_at: expect.any(String),
          current_version: expect.objectContaining({ number: 1, status: "BUILT" }),
          deployed_version: expect.objectContaining({ number: 1, status: "built", deployed: true }),
          all_changes_deployed: false,
        },
        created_at: expect.any(String),
        updated_at: expect.any(String),
        display_name: "Second",
      },
      expect.objectContaining({ display_name: "one", action: expect.objectContaining({ id: one }) }),
    ]);
    expect(await flow()).toEqual(["two", "one"]);
  });

  test("gets new bindings from every update, and is empty after an empty one", async () => {
    await deployed("one");
    const [first] = await bind(byName("one"));
    const [second] = await bind(byName("one"));

    expect(second?.id).not.toBe(first?.id);
    expect(await bind()).toEqual([]);
    expect(await flow()).toEqual([]);
  });

  test("leaves out what is zero", async () => {
    const token = await managementToken(tenant);
    const list = async (query: string) =>
      (await call(tenant, `/api/v2/actions/triggers/post-login/bindings${query}`, { token })).body;

    expect(await list("")).toEqual({ bindings: [], per_page: 50 });
    await deployed("one");
    await bind(byName("one"));
    expect(await list("?page=0&per_page=10")).toEqual({ bindings: [expect.anything()], total: 1, per_page: 10 });
    expect(await list("?page=1&per_page=10")).toEqual({ bindings: [], page: 1, per_page: 10 });
  });

  test.each(Object.values(Management.ActionTriggerTypeEnum))(
    "of %s is kept, and the answer says so if it never runs here",
    async (id) => {
      const { triggers = [] } = await sdk.actions.triggers.list();
      const entityBound = triggers.filter(({ binding_policy }) => binding_policy === "entity-bound");
      const { version = "v1" } = triggers.find((one) => one.id === id && one.status === "CURRENT") ?? {};
      const action = await deployed("one", id, version);
      const binding = sdk.actions.triggers.bindings.updateMany(id, { bindings: [byName("one")] });
      if (entityBound.some((trigger) => trigger.id === id)) {
        await expect(binding).rejects.toMatchObject({
          statusCode: 400,
          body: { message: "cannot update action bindings for an entity-bound trigger" },
        });
        return;
      }
      const answer = (await binding) as { bindings?: unknown; warning?: string };
      expect(answer.bindings).toMatchObject([{ trigger_id: id, action: { id: action } }]);
      const says = `${id} never runs at the local tenant: `;
      expect(answer.warning?.startsWith(says) ?? false).toBe(SKIPPED.includes(id));
      expect(lines.some((line) => line.includes(says))).toBe(SKIPPED.includes(id));
    },
  );

  test.each<[TriggerId, number]>([
    ["custom-email-provider", 1],
    ["custom-phone-provider", 1],
    ["password-reset-post-challenge", 4],
  ])("of %s holds %d", async (id, most) => {
    const names = Array.from({ length: most + 1 }, (_, index) => `act ${index}`);
    for (const name of names) await deployed(name, id, "v1");
    const bindFirst = (count: number) =>
      sdk.actions.triggers.bindings.updateMany(id, { bindings: names.slice(0, count).map(byName) });
    expect((await bindFirst(most)).bindings).toHaveLength(most);
    await expect(bindFirst(most + 1)).rejects.toMatchObject({
      statusCode: 400,
      body: { message: `At most ${most} of the trigger ${id} can be bound.` },
    });
  });

  test("holds 20 Actions", async () => {
    for (let index = 0; index < 21; index++) await deployed(`act ${index}`);
    const all = Array.from({ length: 21 }, (_, index) => byName(`act ${index}`));

    expect(await bind(...all.slice(0, 20))).toHaveLength(20);
    await expect(bind(...all)).rejects.toMatchObject({
      statusCode: 400,
      body: { message: expect.stringContaining("'Array is too long (21), maximum 20' on property bindings") },
    });
    expect(await flow()).toHaveLength(20);
  });
});

describe("a binding is refused, and the flow left as it was,", () => {
  const undeployed = "Trying to create a binding for an action that has not been deployed yet";
  test.each<[string, TriggerId, unknown, number, string]>([
    ["of a draft", "post-login", byName("draft"), 400, undeployed],
    ["of an Action that does not exist", "post-login", byName("none"), 404, "That action does not exist."],
    [
      "of a binding that does not exist",
      "post-login",
      { ref: { type: "binding_id", value: "none" } },
      404,
      "That action does not exist.",
    ],
    [
      "of an Action for another trigger",
      "post-login",
      byName("machine"),
      400,
      "does not support the trigger post-login",
    ],
    ["to a trigger whose Actions are bound elsewhere", "event-stream", byName("one"), 400, "entity-bound trigger"],
    ["to a trigger that does not exist", "pre-login" as TriggerId, byName("one"), 404, "That trigger does not exist."],
    [
      "that refers by something else",
      "post-login",
      { ref: { type: "name", value: "one" } },
      400,
      "'Data does not match any schemas from 'oneOf'' on property bindings[0].",
    ],
    [
      "without a reference",
      "post-login",
      { display_name: "one" },
      400,
      "'Data does not match any schemas from 'oneOf'' on property bindings[0].",
    ],
  ])("%s", async (_, trigger, binding, status, message) => {
    await deployed("one");
    await deployed("machine", "credentials-exchange", "v2");
    await sdk.actions.create({ name: "draft", supported_triggers: [{ id: "post-login", version: "v3" }] });
    await bind(byName("one"));

    const token = await managementToken(tenant);
    const answer = await call(tenant, `/api/v2/actions/triggers/${trigger}/bindings`, {
      method: "PATCH",
      token,
      body: { bindings: [byName("one"), binding].slice(message.includes("oneOf") ? 1 : 0) },
    });
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(message) } });
    expect(await flow()).toEqual(["one"]);
  });
});

// Auth0's recorded list of triggers, August 2026; terraform-provider-auth0 recorded the empty flow of two of them in June 2026.
test.each(["custom-token-exchange", "event-stream", "password-hash-migration", "mcp-tool"])(
  "%s is bound to entities, so its flow is empty and cannot be written",
  async (trigger) => {
    const token = await managementToken(tenant);
    const path = `/api/v2/actions/triggers/${trigger}/bindings`;
    expect(await call(tenant, `${path}?page=0&per_page=100`, { token })).toMatchObject({
      status: 200,
      body: { bindings: [], per_page: 100 },
    });
    expect(await call(tenant, path, { token, method: "PATCH", body: { bindings: [] } })).toMatchObject({ status: 400 });
  },
);

/** As Terraform and the CLI do it: with the tenant's own times, and no look in between. */
test("an Action can be bound as soon as its deploy was answered, and is found deployed", async () => {
  const start = Date.now();
  const clock = createMovableClock(() => start);
  const slow = await startTestTenant({ clock: clock.now });
  try {
    const client = createManagementClient(slow);
    const supported_triggers = [{ id: "post-login", version: "v3" }] as const;
    const { id = "" } = await client.actions.create({
      name: "at once",
      supported_triggers: [...supported_triggers],
      code: "exports.onExecutePostLogin = async () => {};",
    });
    clock.advance(1000);
    expect(await client.actions.deploy(id)).toMatchObject({ deployed: false });
    const bindings = [{ ref: { type: "action_name", value: "at once" } } as const];
    await expect(client.actions.triggers.bindings.updateMany("post-login", { bindings })).resolves.toBeDefined();
    expect((await client.actions.get(id)).deployed_version).toMatchObject({ number: 1, deployed: true });
  } finally {
    await slow.close();
  }
});
