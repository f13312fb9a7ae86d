import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Seen } from "../../faults/fault-proxy.ts";
import { type Environments, friendlyNameOf, readTable, secretOf, startEnvironments } from "./tenants.ts";

const NAMES = Array.from({ length: 12 }, (_, index) => `t${String(index + 1).padStart(2, "0")}`);
const WAVES = ["t01,t02,t03", "t04,t05,t06", "t07,t08,t09", "t10,t11,t12"];
const BROKEN = "t07";
const deployArgs = [...WAVES.flatMap((wave) => ["--wave", wave]), "--yes"];
const all = <T>(value: T): Readonly<Record<string, T>> => Object.fromEntries(NAMES.map((name) => [name, value]));

describe("twelve tenants", () => {
  let environments: Environments;
  const printed: string[] = [];
  const run = async (command: string, ...args: readonly string[]) => {
    const done = await environments.run(command, ...args);
    printed.push(done.out, done.err);
    return done;
  };
  beforeAll(async () => {
    environments = await startEnvironments(NAMES, [BROKEN]);
  });
  afterAll(() => environments.close());

  test("are planned each with its own values, and one table says what of", async () => {
    const { code, out, err } = await run("plan", "--all");
    expect([code, err]).toEqual([10, ""]);
    const plans = out.split(/^(?=t\d\d:$)/m);
    expect(plans).toHaveLength(NAMES.length);
    for (const [index, name] of NAMES.entries()) {
      const others = NAMES.filter((other) => other !== name).filter((other) =>
        plans[index]?.includes(friendlyNameOf(other)),
      );
      expect([plans[index]?.includes(friendlyNameOf(name)), others]).toEqual([true, []]);
    }
    expect(readTable(out)).toEqual(all("changes 6 10"));
  });

  test("are deployed to in waves", async () => {
    const { code, out, err } = await run("deploy", ...deployArgs);
    expect([err, code]).toEqual(["", 0]);
    expect(readTable(out)).toEqual(all("deployed 6 0"));
    expect(environments.readLifetimes()).toEqual(all(60));
    for (const [name, { tenant }] of environments.tenants) {
      expect(tenant.state.clients.find((client) => client.name === "Worker")?.description).toBe(friendlyNameOf(name));
    }
  });

  test("of which the seventh fails half way: its wave comes to an end, the next does not begin, the table and the exit code say so", async () => {
    environments.change(120);
    const deploysVersion = ({ method, path }: Seen) => method === "POST" && path.endsWith("/deploy");
    environments.proxies.get(BROKEN)!.arm("400", deploysVersion);
    const { code, out, err } = await run("deploy", ...deployArgs);
    environments.proxies.get(BROKEN)!.disarm();
    expect(code).toBe(1);
    expect(err).toMatch(
      /^t07: The deploy failed, and what was live before is live again\.[\s\S]*\[DEPLOY_ROLLED_BACK\]$/m,
    );
    expect(readTable(out)).toEqual({
      ...all("deployed 3 0"),
      t07: "rolled back [DEPLOY_ROLLED_BACK] 3 1",
      t10: "not begun 3 -",
      t11: "not begun 3 -",
      t12: "not begun 3 -",
    });
    expect(environments.readLifetimes()).toEqual({ ...all(120), t07: 60, t10: 60, t11: 60, t12: 60 });
  });

  test("and the same again completes it: what was done has nothing to do", async () => {
    const before = environments.countWrites();
    const { code, out } = await run("deploy", ...deployArgs);
    expect(code).toBe(0);
    const open = { t07: "deployed 3 0", t10: "deployed 3 0", t11: "deployed 3 0", t12: "deployed 3 0" };
    expect(readTable(out)).toEqual({ ...all("nothing to do 0 0"), ...open });
    expect(environments.readLifetimes()).toEqual(all(120));
    const after = environments.countWrites();
    expect(NAMES.filter((name) => after[name] !== before[name])).toEqual(Object.keys(open));
  });

  test("as JSON, one object with the plan of each", async () => {
    environments.project.write("environments/t02.yaml", "roles:\n- name: auditor\n");
    const { code, out } = await run("plan", "--env", "t01,t02", "--json");
    expect(code).toBe(10);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      exitCode: 10,
      environments: [
        { environment: "t01", result: "nothing to do", changes: 0, exitCode: 0, plan: { version: 1, changes: [] } },
        {
          environment: "t02",
          domain: environments.tenants.get("t02")!.domain,
          result: "changes",
          changes: 1,
          exitCode: 10,
          plan: { changes: [{ name: "auditor", overlay: "from environments/t02.yaml" }], overlay: { entries: [{}] } },
        },
      ],
    });
  });

  test("print the secret of none", () => {
    expect(printed.join("").length).toBeGreaterThan(5_000);
    for (const [name, { clientSecret }] of environments.tenants) {
      for (const secret of [secretOf(name), clientSecret]) expect(printed.join("")).not.toContain(secret);
    }
  });
});
