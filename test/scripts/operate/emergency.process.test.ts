import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { connectToTenant } from "../../../scripts/deploy/connect.ts";
import type { Seen } from "../../faults/fault-proxy.ts";
import { type ProxiedTenant, startProxiedTenant } from "../../faults/proxied-tenant.ts";
import { makeProject } from "../../support/project-copy.ts";
import { spawnScript } from "../../support/spawn-script.ts";

const codeOf = (name: string, version: number) =>
  `exports.onExecutePostLogin = async () => { console.log("${name} ${version}"); };\n`;

type IsHit = (request: Seen) => boolean;
const path =
  (pattern: RegExp): IsHit =>
  ({ path }) =>
    pattern.test(path);
const actions: IsHit = ({ method, path }) => method === "GET" && path === "/api/v2/actions/actions";
const ANSWERS = {
  403: '{"statusCode":403,"error":"Forbidden","message":"Insufficient scope","errorCode":"insufficient_scope"}',
  500: '{"statusCode":500,"error":"Internal Server Error","message":"Internal error"}',
} as const;

describe("in an emergency, on a tenant that cannot be read whole", () => {
  let proxied: ProxiedTenant;
  let management: ManagementClient;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    proxied = await startProxiedTenant({
      actionBuilds: { pendingFor: 1, buildingFor: 1, retryingFor: 1, deployingFor: 1 },
    });
    const { clientId, clientSecret, caFile: file } = proxied.tenant;
    const ca = { file, pem: readFileSync(file, "utf8") };
    ({ management } = await connectToTenant({ domain: proxied.proxy.domain, clientId, clientSecret, ca }));
    for (const [name, trigger, version] of [
      ["gate", "post-login", "v3"],
      ["mapper", "post-change-password", "v2"],
      ["exchange", "custom-token-exchange", "v1"],
      ["stream", "event-stream", "v1"],
    ] as const) {
      const supported_triggers = [{ id: trigger, version }];
      const { id = "" } = await management.actions.create({ name, code: codeOf(name, 1), supported_triggers });
      ids.set(name, id);
      for (const code of [codeOf(name, 1), codeOf(name, 2)]) await put(id, code);
    }
    await bind("post-change-password", "mapper");
  });
  beforeEach(async () => {
    await bind("post-login", "gate");
    await put(ids.get("gate")!, codeOf("gate", Date.now()));
  });
  afterAll(() => proxied.close());

  async function put(id: string, code: string): Promise<void> {
    await management.actions.update(id, { code });
    while ((await management.actions.get(id)).status !== "built") await sleep(10);
    await management.actions.deploy(id);
    while ((await management.actions.get(id)).deployed_version?.code !== code) await sleep(10);
  }
  const bind = (trigger: "post-login" | "post-change-password", value: string) =>
    management.actions.triggers.bindings.updateMany(trigger, {
      bindings: [{ ref: { type: "action_name", value }, display_name: value }],
    });

  /** The command, with these requests answered so in the tenant's place. */
  async function run(command: string, args: readonly string[], isHit: IsHit, status: keyof typeof ANSWERS = 500) {
    proxied.proxy.answerWith((request) => (isHit(request) ? { status, body: ANSWERS[status] } : undefined));
    const script = spawnScript(command, args, proxied.environment);
    const code = await script.ended;
    const { seen } = proxied.proxy;
    proxied.proxy.disarm();
    return { code, out: script.stdout(), err: script.stderr(), seen };
  }

  const others = path(/^\/api\/v2\/(?!actions\/)/);
  const otherFlows = path(/\/triggers\/(?!post-login\/)/);
  const flows = path(/\/triggers\//);
  const gateVersions = /^gate: version \d+ is live, with the content of version \d+\.$/m;

  test.each<[command: string, args: string[], fails: string, isHit: IsHit, says: string | RegExp]>([
    ["unbind", ["gate"], "what is not of Actions", others, "gate is out of post-login. It runs: nothing."],
    ["unbind", ["gate"], "the list of Actions", actions, "gate is out of post-login. It runs: nothing."],
    ["unbind", ["gate"], "the flows of other triggers", otherFlows, "gate is out of post-login. It runs: nothing."],
    ["status", [], "what is not of Actions", others, /^post-login 1 +gate /m],
    ["rollback", ["--action", "gate", "--yes"], "what is not of Actions", others, gateVersions],
    ["rollback", ["--action", "gate", "--yes"], "every flow", flows, gateVersions],
    ["rollback", ["--action", "stream", "--yes"], "every flow", flows, /^stream: version \d+ is live/m],
  ])("%s %j works when this cannot be read: %s", async (command, args, _fails, isHit, says) => {
    for (const status of [403, 500] as const) {
      await bind("post-login", "gate");
      const { code, out, err } = await run(command, args, isHit, status);
      expect(err).toBe("");
      expect(out).toMatch(says);
      expect(code).toBe(0);
    }
  });

  test("a rollback reads no version of another Action, and is done when the list cannot be read a second time", async () => {
    let lists = 0;
    const isHit: IsHit = (request) =>
      (actions(request) && ++lists > 1) ||
      ([...ids].some(([name, id]) => name !== "gate" && request.path.includes(id)) && /versions/.test(request.path));
    const { code, out, err } = await run("rollback", ["--action", "gate", "--yes"], isHit);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(gateVersions);
  });

  test.each([
    [403, "[DEPLOY_SCOPE_MISSING]"],
    [500, "[TENANT_UNREADABLE]"],
  ] as const)("status says what it can, and which flow it could not read (%i)", async (status, why) => {
    const isHit = path(/\/triggers\/post-login\//);
    const text = await run("status", [], isHit, status);
    expect(text.out).toMatch(/^unknown +gate /m);
    expect(text.out).toMatch(/^post-change-password +mapper /m);
    expect(text.err).toContain("The flow of post-login could not be read");
    expect(text.err).toContain(why);
    expect(text.code).toBe(1);
    const json = await run("status", ["--json"], isHit, status);
    expect(JSON.parse(json.out)).toMatchObject({ version: 1, unreadFlows: ["post-login"] });
    expect(json.code).toBe(1);
  });

  test("unbind does not say that an Action is in no flow when nobody could look", async () => {
    const { code, out, err, seen } = await run("unbind", ["gate"], path(/\/triggers\/post-login\//));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/flow of post-login[\s\S]*\[TENANT_UNREADABLE\]/);
    expect(seen.filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")).toEqual([]);
  });

  test("unbind asks for the Action and its flow, and for nothing else", async () => {
    const { seen } = await run("unbind", ["gate"], () => false);
    expect(seen.map((request) => `${request.method} ${request.path.replace("/api/v2/", "")}`)).toEqual([
      "POST /oauth/token",
      "GET actions/actions",
      "GET actions/triggers/post-login/bindings",
      "PATCH actions/triggers/post-login/bindings",
    ]);
  });

  test.each([
    ["unbind", ["gate"], "gate is out of post-login."],
    ["rollback", ["--action", "gate", "--yes"], "gate: version "],
  ])("%s %j works in a checkout whose tenant.yaml cannot be read, and says so", async (command, args, says) => {
    const project = makeProject({ "tenant.yaml": "roles: [\n" });
    try {
      const script = spawnScript(command, args, proxied.environment, project.directory);
      expect([await script.ended, script.stdout()]).toEqual([0, expect.stringContaining(says)]);
      expect(script.stderr()).toMatch(/^! Going on without tenant\.yaml[\s\S]*\[TENANT_NOT_YAML\]\n$/);
    } finally {
      project.remove();
    }
  });

  test("unbind of what is not there names what runs", async () => {
    const { code, err } = await run("unbind", ["gat"], () => false);
    expect(code).toBe(2);
    expect(err).toMatch(/"gat" is in no flow\. Bound are: gate\.[\s\S]*\[ACTION_NOT_BOUND\]/);
  });
});
