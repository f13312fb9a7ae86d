import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ReplayedAction } from "../../../local/console/replays/checkout.ts";
import { openCheckout } from "../../../scripts/console/open-checkout.ts";
import { buildEvent } from "../../support/actions/event.ts";

const directory = mkdtempSync(join(tmpdir(), "checkout-"));
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
};
const ACTION = `export const onExecutePostLogin = async (event, api) => api.accessToken.setCustomClaim("https://x/at", 1);`;

beforeAll(() => {
  write("package.json", "{}");
  write("package-lock.json", "{}");
  write(".env.example", "SINCE=2026-01-01\nKEY=\n");
  write("actions/greet/action.ts", ACTION);
  write("hand-written.js", "exports.onExecutePostLogin = async () => {};");
  write(
    "tenant.yaml",
    `actions:
  - name: Greet people
    code: ./dist/actions/greet.js
    runtime: node22
    supported_triggers: [{ id: post-login, version: v3 }]
    dependencies: [{ name: stripe, version: 23.1.0 }]
    secrets: [{ name: MODE, value: loud }, { name: SINCE, value: "##SINCE##" }, { name: KEY, value: "@@KEY@@" }]
  - name: Pasted
    code: ./dist/actions/pasted.js
    runtime: node22
    supported_triggers: [{ id: post-login, version: v3 }]
  - name: Verbatim
    code: ./hand-written.js
    runtime: node22
    supported_triggers: [{ id: post-login, version: v3 }]
`,
  );
});
afterAll(() => rmSync(directory, { recursive: true }));

const SECRET = "a-key-of-this-machine-0123";
const ran = (effects: readonly unknown[], error?: object) => ({ effects, ...(error && { error }) }) as never;
const replayed = (changes: Partial<ReplayedAction> = {}): ReplayedAction => ({
  name: "Greet people",
  event: buildEvent("database", {
    secrets: { MODE: "loud", SINCE: "2026-01-01", KEY: SECRET, URL: "http://localhost:1/x" },
  }),
  isContinuing: false,
  seenAt: "2026-11-30T10:00:00.000Z",
  runs: [ran([]), ran([])],
  ...changes,
});
const save = async (changes: Partial<ReplayedAction>): Promise<string> =>
  readFileSync(join(directory, await openCheckout(directory).saveTest(replayed(changes))), "utf8");

test("a test is written beside the Action's own, with settings as they are and something made up for what is secret", async () => {
  const path = await openCheckout(directory).saveTest(replayed());
  expect(path).toBe("test/actions/greet/replayed-2026-11-30T10-00-00-000Z.test.ts");
  const text = readFileSync(join(directory, path), "utf8");
  expect(text).toContain('await import("../../../actions/greet/action.ts")');
  expect(text).toContain('"MODE": "loud"');
  expect(text).toContain('"SINCE": "2026-01-01"');
  expect(text).toContain('"URL": "http://localhost:1/x"');
  expect(text).toContain('"KEY": "made up for KEY"');
  expect(text).not.toContain(SECRET);
});

test("a test of an Action that is written in JavaScript reads that file", async () => {
  write("actions/pasted/action.js", "exports.onExecutePostLogin = async (event, api) => {};");
  const text = await save({ name: "Pasted" });
  expect(text).toContain('await import("../../../actions/pasted/action.js")');
});

test("what printed a secret into the event does not bring it into the test", async () => {
  const user = { user_metadata: { note: `key ${SECRET}` } };
  const event = buildEvent("database", { secrets: { KEY: SECRET }, user });
  expect(await save({ event, seenAt: "2026-11-30T10:00:01.000Z" })).not.toContain(SECRET);
});

test("of two runs, what they have in common is expected", async () => {
  const effect = (at: number) => ({ type: "set-claim", name: "https://x/at", value: { at, of: [1, "two"] } });
  const text = await save({ runs: [ran([effect(1)]), ran([effect(2)])], seenAt: "2026-11-30T10:00:02.000Z" });
  expect(text.replaceAll(/\s+/g, " ")).toContain(
    'toEqual([ { "type": "set-claim", "name": "https://x/at", "value": { "at": expect.anything(), "of": [ 1, "two" ] } } ])',
  );
});

test("an Action that throws is expected to; one that went on after a redirect goes on", async () => {
  const error = { name: "TypeError", message: 'x is "not" a function' };
  const runs = [ran([], error), ran([], error)] as const;
  const text = await save({ runs, isContinuing: true, seenAt: "2026-11-30T10:00:03.000Z" });
  expect(text).toContain('await expect(run).rejects.toThrow("x is \\"not\\" a function")');
  expect(text).toContain('{ entryPoint: "onContinuePostLogin" }');
});

test.each<[what: string, changes: Partial<ReplayedAction>, message: string]>([
  ["a test that is there already", {}, "is there already"],
  ["an Action that tenant.yaml lost", { name: "gone" }, "tenant.yaml has no Action gone any more."],
  ["an Action that is sent as it is", { name: "Verbatim" }, "Verbatim is not built from a folder in actions/"],
])("%s is refused, and nothing is written over", async (_what, changes, message) => {
  await expect(openCheckout(directory).saveTest(replayed(changes))).rejects.toMatchObject({
    code: "REPLAY_NOT_SAVED",
    message: expect.stringContaining(message),
  });
});

test("what does not build is refused with its line; what does is what a deploy would send", async () => {
  write("package-lock.json", JSON.stringify({ packages: { "node_modules/stripe": { version: "23.1.0" } } }));
  write("actions/greet/action.ts", "export const onExecutePostLogin = async (event, api) => {");
  await expect(openCheckout(directory).build()).rejects.toMatchObject({
    code: "BUILD_REFUSED",
    message: expect.stringContaining("actions/greet/action.ts:1"),
  });
  write("actions/greet/action.ts", ACTION);
  const built = await openCheckout(directory).build();
  expect([...built.keys()]).toEqual(["Greet people", "Pasted", "Verbatim"]);
  expect(built.get("Greet people")).toEqual({
    code: expect.stringContaining('setCustomClaim("https://x/at", 1)'),
    dependencies: [{ name: "stripe", version: "23.1.0" }],
  });
});
