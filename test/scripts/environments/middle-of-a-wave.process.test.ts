import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Environments, readTable, startEnvironments } from "./tenants.ts";

const NAMES = ["a", "b", "c"];

describe("in the middle of a wave", () => {
  let environments: Environments;
  beforeEach(async () => {
    environments = await startEnvironments(NAMES, ["a"]);
    expect(await environments.run("deploy", "--env", NAMES.join(), "--yes")).toMatchObject({ code: 0 });
    environments.change(120);
  });
  afterEach(() => environments.close());

  test("after Ctrl-C, what is begun is finished or rolled back, and said; what is not is not", async () => {
    // One of the two hangs half way, with writes before and behind it.
    const proxy = environments.proxies.get("a")!;
    let isHit = false;
    proxy.arm("no answer", ({ method, path }) => {
      if (isHit || method !== "PATCH" || !path.includes("/roles/")) return false;
      isHit = true;
      return true;
    });
    const script = environments.start("deploy", "--wave", "a,b", "--wave", "c", "--yes");
    await script.said(/^b: deployed$/m);
    while (!isHit) await sleep(20);
    script.process.kill("SIGINT");
    expect(await script.ended).toBe(130);
    proxy.disarm();
    expect(readTable(script.stdout())).toEqual({
      a: "interrupted, rolled back [DEPLOY_INTERRUPTED] 3 130",
      b: "deployed 3 0",
      c: "not begun 3 -",
    });
    expect(script.stderr()).toMatch(
      /^a: The deploy failed, and what was live before is live again[\s\S]*\[DEPLOY_INTERRUPTED\]$/m,
    );
    expect(environments.readLifetimes()).toEqual({ a: 60, b: 120, c: 60 });

    const again = await environments.run("deploy", "--wave", "a,b", "--wave", "c", "--yes");
    expect(again.code).toBe(0);
    expect(readTable(again.out)).toEqual({ a: "deployed 3 0", b: "nothing to do 0 0", c: "deployed 3 0" });
  });

  test("after Ctrl-C, what came to its end before it noticed is deployed, and the exit code still says that not all are", async () => {
    // Behind the last write: what is left is to look whether all is right.
    const proxy = environments.proxies.get("a")!;
    let isWritten = false;
    let isHit = false;
    proxy.arm("no answer", ({ method, path }) => {
      if (method === "POST" && path.endsWith("/deploy")) isWritten = true;
      if (isHit || !isWritten || method !== "GET" || !path.endsWith("/roles")) return false;
      isHit = true;
      return true;
    });
    const script = environments.start("deploy", "--wave", "a", "--wave", "b,c", "--yes");
    while (!isHit) await sleep(20);
    script.process.kill("SIGINT");
    expect(await script.ended).toBe(130);
    proxy.disarm();
    expect(readTable(script.stdout())).toEqual({ a: "deployed 3 0", b: "not begun 3 -", c: "not begun 3 -" });
    expect(environments.readLifetimes()).toEqual({ a: 120, b: 60, c: 60 });
  });

  test("a tenant that somebody changes meanwhile is not written to: what was shown is what is deployed", async () => {
    const proxy = environments.proxies.get("a")!;
    let isHit = false;
    proxy.arm("no answer", ({ method, path }) => {
      if (isHit || method !== "PATCH" || !path.includes("/roles/")) return false;
      isHit = true;
      return true;
    });
    const script = environments.start("deploy", "--wave", "a", "--wave", "b", "--wave", "c", "--yes");
    while (!isHit) await sleep(20);
    const { roles } = environments.tenants.get("b")!.tenant.state;
    const editor = roles.find(({ name }) => name === "editor")!;
    roles.set(editor.id, { ...editor, description: "Changed by hand" });
    expect(await script.ended).toBe(1);
    expect(readTable(script.stdout())).toEqual({ a: "deployed 3 0", b: "failed [PLAN_STALE] 3 1", c: "not begun 3 -" });
    expect(environments.readLifetimes()).toEqual({ a: 120, b: 60, c: 60 });
    expect(roles.find(({ name }) => name === "editor")?.description).toBe("Changed by hand");
  });
});
