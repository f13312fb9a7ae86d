import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { environmentOf } from "../../../scripts/local/environment-of.ts";
import { spawnScript } from "../../support/spawn-script.ts";
import { codeOf, startTenantToOperate, type TenantToOperate } from "./tenant-to-operate.ts";

describe("the operator's commands", () => {
  let operated: TenantToOperate;
  beforeEach(async () => {
    operated = await startTenantToOperate();
  });
  afterEach(() => operated.tenant.close());

  async function run(name: string, ...args: readonly string[]) {
    const script = spawnScript(name, args, environmentOf(operated.tenant));
    return { code: await script.ended, out: script.stdout(), err: script.stderr() };
  }

  test("say what is live and what they did", async () => {
    await operated.put("first", 2);
    const status = await run("status", "--json");
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject({
      version: 1,
      domain: operated.tenant.domain,
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
    expect(await operated.readCodes()).toMatchObject({ first: codeOf("first", 1) });
  });

  test("say as JSON what they did, and nothing else on standard output", async () => {
    await operated.put("first", 2);
    const unbound = await run("unbind", "second", "--json");
    expect(unbound.code).toBe(0);
    expect(JSON.parse(unbound.out)).toEqual({
      version: 1,
      domain: operated.tenant.domain,
      action: "second",
      flows: [{ trigger: "post-login", remaining: ["first", "third"] }],
    });

    const back = await run("rollback", "--action", "first", "--yes", "--json");
    expect(back.code).toBe(0);
    expect(JSON.parse(back.out)).toEqual({
      version: 1,
      domain: operated.tenant.domain,
      actions: [{ name: "first", from: 2, content: 1, live: 3 }],
    });
    expect(back.err).toMatch(/first +version 2 +version 1 /);
  });

  test("ask before a rollback, and without a terminal change nothing", async () => {
    await operated.put("first", 2);
    const before = operated.countWrites();
    const { code, out, err } = await run("rollback", "--action", "first");
    expect(code).toBe(2);
    expect(out).toMatch(/first +version 2 +version 1 /);
    expect(err).toContain("[CONFIRMATION_NEEDED]");
    expect(operated.countWrites()).toBe(before);
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
