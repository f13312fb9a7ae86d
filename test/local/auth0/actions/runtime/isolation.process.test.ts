import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  completed,
  handler,
  outputs,
  startTenantWithActions,
  type TenantWithActions,
  type TestAction,
} from "../../../../support/tenant-with-actions.ts";

let actions: TenantWithActions;
beforeAll(async () => {
  actions = await startTenantWithActions();
});
afterAll(() => actions.close());

const STRIPE = "23.1.0";

async function failureOf(action: string | TestAction): Promise<string> {
  actions.bind(action);
  const outcome = await actions.login();
  if (outcome.kind !== "failed") throw new Error(`expected a failure, got ${outcome.kind}`);
  return outcome.error.message;
}

describe("dependencies", () => {
  const requires = (request: string, dependencies: { name: string; version: string }[] = []) => ({
    ...handler(`const loaded = require(${JSON.stringify(request)}); console.log(typeof loaded);`),
    dependencies,
  });

  test("a declared dependency is loaded, with what it requires in turn", async () => {
    actions.bind(requires("stripe", [{ name: "stripe", version: STRIPE }]));
    expect(outputs(completed(await actions.login()))).toEqual(["function\n"]);
  });

  test.each([
    ["a package that is installed but not declared", "yaml", [], "yaml is not among the dependencies"],
    ["a file beside it", "./other", [], "single file"],
    ["a file anywhere", "/etc/hostname", [], "single file"],
    ["an Actions Module that is not included", "actions:mailer", [], "does not include that Actions Module"],
  ])("%s is refused in Node's words, and the log says what to do", async (_name, request, dependencies, hint) => {
    expect(await failureOf(requires(request, dependencies))).toBe(`Cannot find module '${request}'`);
    expect(actions.log.at(-1)).toContain(hint);
  });

  test.each(["crypto", "node:https", "stream/promises", "util", "fs", "readline"])(
    "built-in module %s can be required",
    async (name) => {
      actions.bind(requires(name));
      completed(await actions.login());
    },
  );

  test.each(["node:test", "repl", "wasi", "trace_events"])("built-in module %s cannot", async (name) => {
    expect(await failureOf(requires(name))).toBe(`Cannot find module '${name}'`);
  });

  test.each([
    ["child_process", 'require("child_process").execSync("true")', "child_process.execSync"],
    ["child_process", 'require("node:child_process").spawn("true")', "child_process.spawn"],
    ["cluster", 'require("cluster").fork()', "cluster.fork"],
    ["dgram", 'require("dgram").createSocket("udp4")', "dgram.createSocket"],
    ["domain", 'require("domain").create()', "domain.create"],
    ["inspector", 'require("inspector").open()', "inspector.open"],
    ["inspector/promises", 'require("node:inspector/promises").open()', "inspector/promises.open"],
    ["module", 'require("module").createRequire("/")', "module.createRequire"],
    ["v8", 'require("v8").setFlagsFromString("--x")', "v8.setFlagsFromString"],
    ["vm", 'require("vm").runInThisContext("1")', "vm.runInThisContext"],
    ["worker_threads", 'new (require("worker_threads").Worker)("x")', "worker_threads.Worker"],
    ["worker_threads", 'new (class X extends require("worker_threads").Worker {})("x")', "worker_threads.Worker"],
  ])("built-in module %s loads, and is refused in use: %s", async (name, use, refused) => {
    actions.bind(requires(name));
    completed(await actions.login());
    actions.bind(handler(use));
    const outcome = await actions.login();
    expect(outcome).toMatchObject({ kind: "failed", error: { message: `${refused} is not available to Actions.` } });
    expect(actions.log.at(-1)).toContain(`called ${refused}`);
  });

  test("nothing of the thread that runs it is in a module that is refused in use", async () => {
    actions.bind(
      handler(`const { workerData, parentPort, isMainThread } = require("worker_threads");
        console.log(workerData, parentPort, isMainThread, require("module")._load === undefined);`),
    );
    expect(outputs(await actions.login())).toEqual(["null null false false\n"]);
  });

  test("an Actions Module is loaded once, sees its own secrets and no other module", async () => {
    const { state } = actions.tenant;
    const content = {
      code: `let calls = 0;
        exports.greet = () => \`\${actions.secrets.GREETING} \${++calls} \${typeof event}\`;
        exports.reach = () => require("actions:other");`,
      dependencies: [],
      secrets: [{ name: "GREETING", value: "hello", updated_at: "" }],
      created_at: "",
    };
    state.actionModules.set("mod", { ...content, id: "mod", name: "greeter", last_version_number: 1, updated_at: "" });
    state.actionModuleVersions.set("modv", { ...content, id: "modv", module_id: "mod", version_number: 1 });
    const modules = [{ module_id: "mod", module_version_id: "modv" }];
    actions.bind({
      ...handler(`const { greet, reach } = require("actions:greeter");
        console.log(greet()); console.log(require("actions:greeter").greet(), typeof actions);
        try { reach(); } catch (error) { console.log(error.message); }`),
      modules,
    });
    expect(outputs(await actions.login())).toEqual([
      "hello 1 undefined\nhello 2 undefined undefined\nCannot find module 'actions:other'\n",
    ]);
  });
});

describe("the machine", () => {
  test("the environment is empty, also for who asks the module", async () => {
    process.env.ACTIONS_TEST_SECRET = "of the tenant";
    actions.bind(`console.log(JSON.stringify([process.env, require("process").env, require("node:process").env]))`);
    const [output] = outputs(await actions.login());
    delete process.env.ACTIONS_TEST_SECRET;
    expect(output).toBe("[{},{},{}]\n");
  });

  const target = join(tmpdir(), `written-by-an-action-${process.pid}`);
  test.each([
    ["writeFileSync", `require("fs").writeFileSync(${JSON.stringify(target)}, "x")`],
    ["promises.writeFile", `await require("fs/promises").writeFile(${JSON.stringify(target)}, "x")`],
    ["openSync", `require("node:fs").openSync(${JSON.stringify(target)}, "w")`],
    ["mkdirSync", `require("fs").mkdirSync(${JSON.stringify(target)})`],
    ["reading what is not a dependency", `require("fs").readFileSync("/etc/passwd")`],
    ["reading the tenant's keys", `require("fs").readdirSync(${JSON.stringify(join(process.cwd(), ".local/keys"))})`],
  ])("no access to files by %s", async (_name, body) => {
    expect(await failureOf(body)).toMatch(/^Access to this API has been restricted/);
    expect(existsSync(target)).toBe(false);
  });

  test.each([
    ["fetch", `await fetch("https://example.com/")`, "fetch failed"],
    [
      "https",
      `await new Promise((_, reject) => require("https").get("https://example.com/").on("error", reject))`,
      "example.com",
    ],
    [
      "loopback",
      `await new Promise((_, reject) => require("net").connect(22, "127.0.0.1").on("error", reject))`,
      "127.0.0.1",
    ],
  ])("a host that is not mapped is refused to %s", async (_name, body, message) => {
    expect(await failureOf(body)).toContain(message);
  });

  test.each([
    ["process.exit", `process.exit(3)`, "exit code 3"],
    [
      "an error in a callback",
      `setImmediate(() => { throw new Error("too late"); }); await new Promise(() => {})`,
      "too late",
    ],
    ["a rejection nobody handles", `Promise.reject(new Error("nobody")); await new Promise(() => {})`, "nobody"],
    ["memory that runs out", `const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))`, "memory"],
  ])(
    "%s costs one login, and the next one finds a new thread",
    async (_name, body, message) => {
      expect(await failureOf(body)).toContain(message);
      actions.bind(`console.log("alive")`);
      expect(outputs(await actions.login())).toEqual(["alive\n"]);
    },
    30_000,
  );

  test("process has no way to the real one", async () => {
    actions.bind(
      `console.log(typeof process.binding, typeof process.kill, typeof process.dlopen, typeof process.getBuiltinModule, typeof process.mainModule)`,
    );
    expect(outputs(await actions.login())).toEqual(["undefined undefined undefined undefined undefined\n"]);
  });

  test.each([
    ["with its cause", `Object.assign(new Error("outer"), { cause: new Error("inner") })`, "outer", "inner"],
    ["also one that cannot be sent", `Object.assign(new Error("odd"), { request: () => {} })`, "odd", undefined],
    ["also what is not an error", `"a text"`, "a text", undefined],
  ])("an error that nobody handles ends the thread's logins, and is told: %s", async (_, thrown, message, cause) => {
    actions.bind(`Promise.reject(${thrown}); await new Promise((resolve) => setTimeout(resolve, 2_000));`);
    const outcome = await actions.login();
    expect(outcome).toMatchObject({
      kind: "failed",
      error: { errorClass: "platform_error", message: expect.stringContaining(message) },
    });
    expect(outcome.kind === "failed" && outcome.error.cause).toBe(cause);
  });

  test("an error after the login costs no login, and the log says so", async () => {
    actions.bind(`setTimeout(() => { throw new RangeError("of nobody") }, 5)`);
    completed(await actions.login());
    while (!actions.log.some((line) => line.includes("RangeError")))
      await new Promise((resolve) => setTimeout(resolve, 5));
    actions.bind(`console.log("alive")`);
    expect(outputs(await actions.login())).toEqual(["alive\n"]);
  });

  test("a process that is killed costs the logins that it had, and is started again", async () => {
    actions.bind(`await new Promise(() => {})`);
    const login = actions.login();
    process.kill(hostingProcess(), "SIGKILL");
    expect(await login).toMatchObject({ kind: "failed", error: { errorClass: "platform_error" } });
    actions.bind(`console.log("alive")`);
    expect(outputs(await actions.login())).toEqual(["alive\n"]);
  });
});

/** This test's own child that hosts the Actions. */
function hostingProcess(): number {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const own = processes
    .map((line) => line.trim().split(/\s+/))
    .find(([, parent, ...args]) => {
      return Number(parent) === process.pid && args.some((arg) => arg.endsWith("host.cjs"));
    });
  return Number(own?.[0]);
}
