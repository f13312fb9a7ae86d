import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { awaitBuilt, makeResources } from "./populate.ts";
import { readFiles, startTenantToAdopt, type TenantToAdopt } from "./tenant-to-adopt.ts";

let subject: TenantToAdopt;

beforeAll(async () => {
  subject = await startTenantToAdopt(makeResources);
});
afterAll(() => subject.close());

const trigger = [{ id: "post-login", version: "v3" }];
const HANDLER = "exports.onExecutePostLogin = async () => {};\n";

async function makeAction(name: string, code: string): Promise<string> {
  const { id } = await subject.send("POST", "/actions/actions", {
    name,
    code,
    runtime: "node22",
    supported_triggers: trigger,
  });
  await awaitBuilt(subject.send, String(id));
  await subject.send("POST", `/actions/actions/${id}/deploy`);
  return String(id);
}

test("what cannot be said as it is stays out, each with its reason, and the rest has nothing to do", async () => {
  const { send, environment } = subject;
  const [edited, first, second] = [
    await makeAction("Half done", HANDLER),
    await makeAction("Not a function", "exports.onExecutePostLogin = 1;\n"),
    await makeAction("As it should be", HANDLER),
  ];
  await send("PATCH", `/actions/actions/${edited}`, { code: `${HANDLER}// soon` });
  await makeAction("Talks of ##HOME##", `${HANDLER}// ##HOME## is a keyword`);
  await makeAction("Has a marker", `${HANDLER}// ##SOME_VALUE##`);
  await send("PATCH", "/actions/triggers/post-login/bindings", {
    bindings: [first, second].map((value) => ({ ref: { type: "action_id", value } })),
  });
  for (const description of ["one", "the other"]) await send("POST", "/clients", { name: "Twin", description });
  await send("POST", "/clients", { name: "Marked", description: "costs ##PRICE##", callbacks: ["https://a.example"] });
  await send("POST", "/clients", { name: "Worker", app_type: "non_interactive", grant_types: ["client_credentials"] });
  const { clients } = await send("GET", "/clients?per_page=100&include_totals=true");
  const worker = (clients as { name: string; client_id: string }[]).find(({ name }) => name === "Worker");
  await send("POST", "/client-grants", {
    client_id: worker?.client_id,
    audience: `https://${subject.proxy.domain}/api/v2/`,
    scope: ["read:users"],
  });

  const directory = subject.makeProject();
  const adoption = await subject.adopt(directory, { environment: { ...environment, HOME: "/root" } });
  const reasons = Object.fromEntries(adoption.leftOut.map(({ entry, reason }) => [entry, reason]));
  expect(reasons).toMatchObject({
    "action Half done": expect.stringContaining("draft differs"),
    "action Not a function": expect.stringContaining("[HANDLER_"),
    "action Has a marker": expect.stringContaining("##SOME_VALUE##"),
    "action Talks of ##HOME##": expect.stringContaining("##HOME##"),
    "client Twin": expect.stringContaining("several"),
  });
  expect(adoption.omitted.map(({ entry, path, reason }) => [entry, path, reason])).toContainEqual([
    "client Marked",
    "description",
    expect.stringContaining("##PRICE##"),
  ]);
  const text = readFiles(directory).get("tenant.yaml") ?? "";
  // An Action that is not ours keeps its place without being named.
  expect(text).toMatch(/^triggers:\n {2}post-login:\n {4}- action_name: As it should be\n/m);
  expect(text).toContain('audience: "https://##AUTH0_DOMAIN##/api/v2/"');
  expect((await subject.plan(directory)).changes).toEqual([]);
  expect(await subject.deploy(directory)).toEqual([]);
});

test("of more than a page of a kind all are adopted", async () => {
  const names = Array.from({ length: 80 }, (_, index) => `Of another page ${index}`);
  for (const name of names) await subject.send("POST", "/clients", { name });
  const directory = subject.makeProject();
  const { adopted } = await subject.adopt(directory, { sections: ["clients"] });
  expect(adopted).toEqual(expect.arrayContaining(names.map((name) => `client ${name}`)));
  expect(adopted.length).toBeGreaterThan(100);
  expect((await subject.plan(directory)).changes).toEqual([]);
});

describe("a client that may not read everything", () => {
  afterAll(() => subject.proxy.disarm());

  test("adopts what it may, and says what it lacks", async () => {
    const lacking = new Map([
      ["/api/v2/roles", "read:roles"],
      ["/api/v2/log-streams", "read:log_streams"],
      ["/api/v2/branding", "read:branding"],
    ]);
    const refuse = (message: string) => ({
      status: 403,
      body: JSON.stringify({ statusCode: 403, error: "Forbidden", message }),
    });
    subject.proxy.answerWith(({ path }) => {
      const scope = lacking.get(path);
      if (scope !== undefined) return refuse(`Insufficient scope, expected any of: ${scope}`);
      return path === "/api/v2/network-acls" ? refuse("Not in your plan.") : undefined;
    });
    const directory = subject.makeProject();
    const { unread } = await subject.adopt(directory);
    subject.proxy.disarm();
    expect(unread.map(({ section, scopes = [] }) => `${section} ${scopes.join()}`.trim()).sort()).toEqual([
      "branding read:branding",
      "logStreams read:log_streams",
      "networkACLs",
      "roles read:roles",
    ]);
    const text = readFiles(directory).get("tenant.yaml") ?? "";
    expect(text).not.toMatch(/^(roles|logStreams|branding|networkACLs):/m);
    expect(text).toMatch(/^clients:/m);
    expect((await subject.plan(directory)).changes).toEqual([]);
  });

  test.each([
    ["is nobody's", 200, "{}", "TENANT_UNREADABLE"],
    ["never comes", 503, "{}", "TENANT_UNREADABLE"],
  ])(
    "is told of an answer that %s, and nothing is written",
    async (_, status, body, code) => {
      subject.proxy.answerWith(({ path }) => (path === "/api/v2/clients" ? { status, body } : undefined));
      const directory = subject.makeProject();
      const before = readFiles(directory);
      await expect(subject.adopt(directory)).rejects.toMatchObject({ code });
      expect(readFiles(directory)).toEqual(before);
    },
    120_000,
  );
});
