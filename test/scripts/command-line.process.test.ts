import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { spawnScript } from "../support/spawn-script.ts";

const root = join(import.meta.dirname, "../..");
const colours = String.fromCharCode(27);

test("npx auth0-stripe-actions runs a command of the checkout", async () => {
  const { stdout } = await promisify(execFile)("npx", ["--offline", "auth0-stripe-actions", "scopes", "--plan-only"], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  expect(stdout).toMatch(/^SCOPE +FOR\nread:/);
});

test.each<[what: string, argv: [string, ...string[]], code: number, out: RegExp, error: RegExp]>([
  ["the list", ["--help"], 0, /^Usage: npm run <command>/, /^$/],
  ["a command's help", ["deploy", "--help"], 0, /^Usage: npm run deploy --/, /^$/],
  ["a version", ["--version"], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
  [
    "what doctor finds",
    ["doctor"],
    0,
    /^✓ {2}Node [\s\S]*\n- {2}tenant .*\n\nNothing that was looked at is wrong\.\n$/,
    /^$/,
  ],
  ["the same as JSON", ["doctor", "--json"], 0, /^\{\n {2}"version": 1,\n {2}"ok": true,/, /^$/],
  ["no command", [""], 2, /^$/, /^Name a command\.[\s\S]*\[USAGE\]\n$/],
  ["an unknown command", ["stats"], 2, /^$/, /^There is no command "stats"\. Did you mean status\?/],
  ["an unknown option", ["status", "--jsno"], 2, /^$/, /^There is no option --jsno\. Did you mean --json\?/],
  [
    "wrong use that the command itself finds",
    ["why", "a@example.com", "--limit", "0"],
    2,
    /^$/,
    /^--limit takes[\s\S]*Usage: npm run why/,
  ],
])(
  "%s goes to where it belongs, with its exit code, without colours when nobody wants them",
  async (_what, argv, code, out, error) => {
    const script = spawnScript(argv[0], argv.slice(1), { NO_COLOR: "1" });
    expect(await script.ended).toBe(code);
    expect(script.stdout()).toMatch(out);
    expect(script.stderr()).toMatch(error);
    expect(script.stdout() + script.stderr()).not.toContain(colours);
  },
);
