import { spawn } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { LocalTenant } from "../local/auth0/server.ts";
import { chooseFreePort } from "../scripts/dev/choose-free-port.ts";
import { environmentOf } from "../scripts/local/environment-of.ts";
import { call, localDirectory } from "./support/local-tenant.ts";
import { type Dev, openDev } from "./support/open-dev.ts";
import { makeProject, type ProjectCopy } from "./support/project-copy.ts";
import { type Script, watchScript } from "./support/spawn-script.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/actions.md"), "utf8");
/** Of the copy, besides the tool: what a clone has. */
const REST = [
  "examples",
  "test/support",
  "jest.config.js",
  "tsconfig.json",
  "stripe.json",
  "routes.yaml",
  "tenant.yaml",
  ".env.example",
];
const ACTION = "actions/greet-people/action.ts";
const TIER = "https://api.example.com/tier";

let project: ProjectCopy;
let port: number;
let environment: NodeJS.ProcessEnv;
const started: Script[] = [];

/** The page's code of one language under a heading. */
function listBlocks(heading: string, language: string): readonly string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, of, code = ""]) =>
    of === language ? [code] : [],
  );
}
function getBlock(heading: string, language: string, at = 0): string {
  const block = listBlocks(heading, language)[at];
  if (block === undefined) throw new Error(`docs/actions.md has no such ${language} under ${heading}`);
  return block;
}

/** As a shell runs the page's lines. That port alone may be somebody's here. */
function run(lines: string): Script {
  const command = lines.replaceAll("5055", String(port));
  const child = spawn("sh", ["-ec", command], {
    cwd: project.directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const script = watchScript(command, child);
  started.push(script);
  return script;
}

async function stop(script: Script, signal: NodeJS.Signals): Promise<void> {
  if (script.process.exitCode === null && script.process.signalCode === null)
    process.kill(-(script.process.pid ?? 0), signal);
  await script.ended;
}

/** As the console's button does: the newest login, through the code of the checkout. */
async function saveNewestAsRow({ addresses }: Dev): Promise<void> {
  const tenant = { domain: new URL(addresses.tenant).host, caFile: addresses.authority } as LocalTenant;
  const headers = { accept: "application/json" };
  const list = (await call(tenant, "/", { headers })).body as { token: string; logins: { id: number }[] };
  const post = (path: string, fields: object) =>
    call(tenant, path, { method: "POST", headers, body: { token: list.token, ...fields } });
  const replay = await post(`/console/logins/${list.logins[0]?.id}/replays`, { code: "checkout" });
  const saved = await post(`/console/replays/${(replay.body as { id: number }).id}/rows`, {});
  expect(saved.body).toMatchObject({ path: expect.stringMatching(/^rehearsal\/viewer-example-com-.*\.yaml$/) });
}

beforeAll(async () => {
  project = makeProject({});
  for (const part of REST) cpSync(join(root, part), join(project.directory, part), { recursive: true });
  for (const part of ["keys", "tls"]) {
    cpSync(join(localDirectory, part), join(project.directory, ".local", part), { recursive: true });
  }
  port = await chooseFreePort();
  environment = {
    PATH: process.env.PATH,
    HOME: project.directory,
    LOCAL_TENANT_PORT: "0",
    AUTHORIZER_PORT: "0",
    SPA_URL: `http://localhost:${await chooseFreePort()}`,
  };
});
afterAll(async () => {
  await Promise.all(started.map((script) => stop(script, "SIGKILL")));
  project.remove();
});

test("a new Action with a call and its tests is made, written and tested", async () => {
  const made = run(getBlock("Begin", "sh"));
  expect(await made.ended).toBe(0);
  expect(made.stdout()).toContain(ACTION);
  project.write(ACTION, getBlock("Write it", "ts"));
  project.write("test/actions/greet-people/action.test.ts", getBlock("Test it", "ts"));
  const tested = run(getBlock("Test it", "sh"));
  expect(await tested.ended).toBe(0);
  expect(tested.stderr()).toContain("2 passed");
});

test("it is live, replayed with what is saved, and what does not compile is shown and recovered from", async () => {
  project.write("crm.mjs", getBlock("See it live", "js").replaceAll("5055", String(port)));
  run(getBlock("See it live", "sh", 0));
  const dev = await openDev(run(getBlock("See it live", "sh", 1)));
  expect((await dev.logIn("viewer@example.com")).claims[TIER]).toBe("gold");
  const source = getBlock("Write it", "ts");
  const save = (text: string) => () => project.write(ACTION, text);
  const replayed = await dev.during(save(source.replace(", tier)", ", tier.toUpperCase())")), /GOLD/);
  expect(replayed).toContain(`~ access token claim ${TIER} "gold" → "GOLD"`);
  const broken = await dev.during(save(source.replace("if (!answer.ok)", "if !answer.ok")), /not live/);
  expect(broken).toMatch(/greet-people\/action\.ts:6 \[ACTION_DOES_NOT_COMPILE\]/);
  expect(broken).toMatch(/if !answer\.ok.*\n +\^/);
  expect((await dev.logIn("viewer@example.com")).claims[TIER]).toBe("GOLD");
  await dev.during(save(source), /\d {2}live/);
  expect((await dev.logIn("viewer@example.com")).claims[TIER]).toBe("gold");
  await saveNewestAsRow(dev);
  await stop(dev.script, "SIGINT");
});

test("it is kept in the rehearsal: the page's row and one that the console saved are right, one that expects otherwise is not", async () => {
  const row = getBlock("Keep it in the rehearsal", "yaml");
  project.write("rehearsal/gold.yaml", row);
  project.write(
    "rehearsal/silver.yaml",
    row.replace("gold customer", "silver customer").replace("tier: gold", "tier: silver"),
  );
  const [line = ""] = listBlocks("Keep it in the rehearsal", "sh");
  const rehearsed = run(line);
  expect(await rehearsed.ended).toBe(1);
  expect(rehearsed.stdout()).toMatch(/✓ {2}gold customer/);
  expect(rehearsed.stdout()).toMatch(/✓ {2}viewer@example\.com on/);
  expect(rehearsed.stdout()).toContain(`✗ silver customer: access token claim ${TIER}: "gold" instead of "silver"`);
  expect(rehearsed.stdout()).toMatch(/\n1 of \d+ rows are wrong\.\n$/);
});

test("a debugger stops it in its thread, sees its variables, and nothing runs out of time", async () => {
  project.write(ACTION, getBlock("Write it", "ts").replace("  api.accessToken", "  debugger;\n  api.accessToken"));
  const dev: Dev = await openDev(run(getBlock("Debug it", "sh")));
  const client = join(root, "test/support/stop-in-action.mjs");
  const editor = run(`node --experimental-websocket '${client}' ${dev.addresses.debugger} 'user.email + " " + tier'`);
  await editor.said(/attached/);
  expect((await dev.logIn("viewer@example.com")).claims[TIER]).toBe("gold");
  expect(await editor.ended).toBe(0);
  expect(JSON.parse(editor.stdout().split("\n")[1] ?? "")).toEqual({
    functionName: "onExecutePostLogin",
    url: expect.stringContaining("greet-people.js"),
    value: "viewer@example.com gold",
  });
  await stop(dev.script, "SIGINT");
});

test("it is built, planned, deployed, rolled back and unbound", async () => {
  const local = run("npm run --silent local -- --json --directory .local/production");
  const access = JSON.parse(await local.said(/^\{.*\}$/m));
  const values = {
    ...environmentOf(access),
    STRIPE_SECRET_KEY: access.stripe.secretKey,
    STRIPE_API_URL: access.stripe.url,
    SPA_URL: environment.SPA_URL,
    // Nobody is here to answer a question.
    TENANT_STAGE: "development",
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  project.write(".env", readFileSync(join(root, ".env.example"), "utf8"));
  project.write("environments/production.env", lines.join(""));
  const [build = "", plan = "", deploy = "", rollback = "", unbind = ""] = getBlock("Deploy and go back", "sh").split(
    "\n",
  );
  async function end(line: string): Promise<string> {
    const script = run(line);
    return `${await script.ended} ${script.stdout()}${script.stderr()}`;
  }
  project.write(ACTION, getBlock("Write it", "ts"));
  expect(await end(build)).toMatch(/^0 .*greet-people/s);
  expect(await end(plan)).toMatch(/^10 .*\+ action greet-people/s);
  expect(await end(deploy)).toMatch(/^0 /);
  project.write(ACTION, getBlock("Write it", "ts").replace("tier);", "tier.trim());"));
  expect(await end(deploy)).toMatch(/^0 .*~ action greet-people/s);
  expect(await end(`${rollback} --yes`)).toMatch(/^0 .*greet-people/s);
  expect(await end(unbind)).toMatch(/^0 .*greet-people/s);
  await stop(local, "SIGINT");
});
