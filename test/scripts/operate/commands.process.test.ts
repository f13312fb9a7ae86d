import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import type { LocalTenant } from "../../../local/auth0/server.ts";
import { connectToTenant } from "../../../scripts/deploy/connect.ts";
import { readLiveTenant } from "../../../scripts/deploy/live/read-live-tenant.ts";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import { startTestTenant } from "../../support/local-tenant.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const OURS = ["first", "second", "third"];
const codeOf = (name: string, version: number) =>
  `exports.onExecutePostLogin = async () => { console.log("${name} ${version}"); };\n`;

describe("the operator's commands", () => {
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
  async function readCodes(): Promise<Readonly<Record<string, string | undefined>>> {
    return Object.fromEntries((await readLive()).action.map(({ name, live }) => [name, live?.code]));
  }
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
    while ((await management.actions.get(id)).status !== "built") await sleep(10);
    await management.actions.deploy(id);
    while ((await management.actions.get(id)).deployed_version?.code !== code) await sleep(10);
  }
  const bind = (names: readonly string[]) =>
    management.actions.triggers.bindings.updateMany("post-login", {
      bindings: names.map((name) => ({ ref: { type: "action_name", value: name }, display_name: `${name} shown` })),
    });
  async function run(name: string, ...args: readonly string[]) {
    const script = spawnScript(name, args, {
      ...environmentOf(tenant),
    });
    return { code: await script.ended, out: script.stdout(), err: script.stderr() };
  }

  test("say what is live and what they did", async () => {
    await put("first", 2);
    const status = await run("status", "--json");
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      version: 1,
      domain: tenant.domain,
      actions: expect.arrayContaining([
        expect.objectContaining({ name: "first", place: "post-login 1", version: 2 }),
      ]) as unknown,
    });

    const unbound = await run("unbind", "second");
    expect(unbound).toMatchObject({ code: 0, out: "second is out of post-login. It runs: first, third.\n" });

    const back = await run("rollback", "--action", "first", "--yes");
    expect(back.code).toBe(0);
    expect(back.out).toMatch(/first +version 2 +version 1 +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m);
    expect(back.out).toContain("first: version 3 is live, with the content of version 1.");
    expect(await readCodes()).toMatchObject({ first: codeOf("first", 1) });
  });

  test("say as JSON what they did, and nothing else on standard output", async () => {
    await put("first", 2);
    const unbound = await run("unbind", "second", "--json");
    expect(unbound.code).toBe(0);
    expect(JSON.parse(unbound.out)).toEqual({
      version: 1,
      domain: tenant.domain,
      action: "second",
      flows: [{ trigger: "post-login", remaining: ["first", "third"] }],
    });

    const back = await run("rollback", "--action", "first", "--yes", "--json");
    expect(back.code).toBe(0);
    expect(JSON.parse(back.out)).toEqual({
      version: 1,
      domain: tenant.domain,
      actions: [{ name: "first", from: 2, content: 1, live: 3 }],
    });
    expect(back.err).toMatch(/first +version 2 +version 1 /);
  });

  test("ask before a rollback, and without a terminal change nothing", async () => {
    await put("first", 2);
    const before = writes();
    const { code, out, err } = await run("rollback", "--action", "first");
    expect(code).toBe(2);
    expect(out).toMatch(/first +version 2 +version 1 /);
    expect(err).toContain("[CONFIRMATION_NEEDED]");
    expect(writes()).toBe(before);
  });
});

// Without credentials: whatever was asked of a tenant would be refused for those instead.
test.each([
  ["a rollback to a version of no Action", "rollback", ["--to", "1"]],
  ["a rollback to what is not a version", "rollback", ["--action", "first", "--to", "one"]],
  ["an unbinding without a name", "unbind", []],
  ["an unbinding of two names", "unbind", ["first", "second"]],
])("%s is wrong use, told before a tenant is asked", async (_what, command, args) => {
  const script = spawnScript(command, args);
  expect(await script.ended).toBe(2);
  expect(script.stderr()).toContain("[USAGE]");
});
