import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { COMMANDS } from "../../scripts/commands.ts";
import { execute } from "../../scripts/main.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Every command, and what it takes: what a script that was written for it relies on. */
const EXPECTED: Readonly<Record<string, string>> = {
  rehearse: "[--host <name>=<url>]... [--json]",
  local:
    "[--port <number>] [--directory <path>] [--fresh] [--host <name>=<url>]... [--geoip <member>=<value>]... [--json]",
  dev: "[--port <number>] [--directory <path>] [--fresh] [--host <name>=<url>]... [--inspect] [--geoip <member>=<value>]... [--json]",
  trust: "[--add] [--remove] [--directory <path>] [--json]",
  example: "[--env <name>] [--json]",
  build: "[--env <name>] [--json]",
  new: "<Action's name> [--trigger <name>] [--json]",
  adopt:
    "[--env <name>] [--overlay] [--from <path>] [--only <section,...>] [--except <section,...>] [--force] [--json]",
  scopes: "[--env <name>] [--plan-only] [--allow-delete <type>:<name>]... [--json]",
  plan: "[--env <name>,...]... [--all] [--json] [--allow-delete <type>:<name>]... [--write-secrets <type>:<name>]... [--allow-secret-key] [--skip-stripe-check]",
  deploy:
    "[--env <name>,...]... [--wave <name>,...]... [--yes] [--json] [--allow-delete <type>:<name>]... [--write-secrets <type>:<name>]... [--allow-secret-key] [--skip-stripe-check]",
  status: "[--env <name>] [--json]",
  why: "<email | phone number | user id | log id> [--all] [--limit <number>] [--env <name>] [--json]",
  rollback: "[--action <name>] [--to <version>] [--env <name>] [--yes] [--json]",
  unbind: "<Action's name> [--env <name>] [--json]",
  gateways: "[--env <name>] [--out <directory>] [--json]",
  authorizer: "[--env <name>] [--json]",
  metering: "<status | dead-letters | resend> [--env <name>] [--yes] [--json]",
  package: "[--json]",
  "stripe:catalogue": "[--env <name>] [--apply] [--yes] [--webhooks <address>] [--json]",
  backfill:
    "[--env <name>] [--from <path>] [--apply] [--auth0-rate <number>] [--stripe-rate <number>] [--yes] [--json]",
  "tenant-schema": "[--check] [--json]",
  "test:gateways": "[--require-all] [--without <gateway>]... [--update]",
  doctor: "[--env <name>] [--json]",
  completion: "<bash | zsh | fish>",
};
const names = Object.keys(EXPECTED);
const listOptions = (name: string): RegExpMatchArray[] => [
  ...EXPECTED[name]!.matchAll(/\[--([\w-]+)( <[^\]]*)?\](\.\.\.)?/g),
];

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => printed.push(text));
});
afterEach(() => {
  jest.restoreAllMocks();
});

const start = (...argv: string[]): Promise<number> =>
  execute({ argv, directory: join(root, "no-project"), processEnv: { NO_COLOR: "1" } });

async function refusalOf(...argv: string[]): Promise<string> {
  const refusal = await start(...argv).then(
    () => undefined,
    (error: Error) => error,
  );
  expect(refusal).toMatchObject({ code: "USAGE", exitCode: 2 });
  expect(printed).toEqual([]);
  return refusal!.message;
}

/** What a terminal of 80 columns shows whole, and a file without colours. */
function checkForm(text: string): void {
  expect(text.split("\n").filter((line) => line.length > 80 || line.trimEnd() !== line)).toEqual([]);
  expect(text).toBe(stripVTControlCharacters(text));
}

test("the commands are these, in this order", () => {
  expect(Object.keys(COMMANDS)).toEqual(names);
});

describe.each(names)("%s", (name) => {
  test.each([
    [name, "--help"],
    [name, "-h"],
    ["help", name],
  ])("%s %s prints how it is called and what each option does, in 80 columns", async (...argv) => {
    expect(await start(...argv)).toBe(0);
    const [text = ""] = printed;
    checkForm(text);
    const [usage = "", about = ""] = text.split("\n\n");
    expect(usage.replaceAll(/\s+/g, " ")).toBe(`Usage: npm run ${name} -- ${EXPECTED[name]}`);
    expect(about).toMatch(/^[A-Z].*\.$/s);
    for (const [, option, value = ""] of listOptions(name))
      expect(text).toMatch(new RegExp(`^  --${option}${value} +\\S`, "m"));
  });

  test("refuses an option that it does not have, and shows what it takes", async () => {
    const text = await refusalOf(name, "--no-such-thing");
    expect(text).toMatch(/^There is no option --no-such-thing\.\n\nUsage: npm run /);
    checkForm(text);
  });

  test("names the option that was meant", async () => {
    for (const [, option = ""] of listOptions(name)) {
      expect(await refusalOf(name, `--${option}${option.at(-1)}`)).toContain(`Did you mean --${option}?`);
    }
  });

  test("refuses an option that may be given once when it is given twice", async () => {
    for (const [, option = "", value, repeated] of listOptions(name)) {
      const form = value === undefined ? `--${option}` : `--${option}=x`;
      if (repeated === undefined) expect(await refusalOf(name, form, form)).toContain(`--${option} is given 2 times`);
    }
  });

  test("refuses a word too many", async () => {
    const text = await refusalOf(name, "one", "two");
    expect(text).toMatch(EXPECTED[name]!.startsWith("<") ? /^(Say|Name)/ : /^"one" belongs to no option\./);
  });

  test("has a file of its name, and a script in package.json", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
    expect(scripts[name]).toBe(`node scripts/run.mjs ${name}`);
    expect(existsSync(join(root, "scripts", `${name.replace(":", "-")}.ts`))).toBe(true);
  });
});

/** Those that have none, and why. */
const WITHOUT_JSON = {
  "test:gateways": "what it prints is jest's report, as it comes",
  completion: "what it prints is a script for a shell",
};

test("each prints its result as JSON, where there is one, and says how it exits", async () => {
  const help = new Map<string, string>();
  for (const name of names) {
    printed = [];
    await start(name, "--help");
    help.set(name, printed.join(""));
  }
  expect(names.filter((name) => !/^ {2}--json /m.test(help.get(name) ?? ""))).toEqual(Object.keys(WITHOUT_JSON));
  expect(names.filter((name) => !/\bExits 0 /.test(help.get(name) ?? ""))).toEqual([]);
});

test.each(["--help", "-h", "help"])("%s lists the commands in 80 columns, each with what it is for", async (help) => {
  expect(await start(help)).toBe(0);
  const [text = ""] = printed;
  checkForm(text);
  expect([...text.matchAll(/^ {2}([\w:-]+) {2,}\S/gm)].map(([, name]) => name)).toEqual(names);
});

test("without a name it lists the commands and is wrong use: a script with an empty variable has not deployed", async () => {
  const text = await refusalOf();
  expect(text).toMatch(/^Name a command\.\n\nUsage: /);
  expect(text).toMatch(/^ {2}deploy {2,}/m);
});

test.each([
  ["plna", "plan"],
  ["depoly", "deploy"],
  ["stripe-catalogue", "stripe:catalogue"],
  ["rollbak", "rollback"],
])("%s is not a command, and %s is named", async (name, meant) => {
  expect(await refusalOf(name)).toContain(`There is no command "${name}". Did you mean ${meant}?`);
});

test.each(["main", "constructor", "__proto__", "../deploy", "--json"])("%s is not a command", async (name) => {
  expect(await refusalOf(name)).toMatch(/^There is no command /);
});

test.each(["--version", "-v"])("%s prints the version of package.json", async (option) => {
  expect(await start(option)).toBe(0);
  expect(printed).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  expect(read("package.json")).toContain(`"version": "${printed[0]}"`);
});

test("README.md lists them as the program does, with the same words", async () => {
  await start("--help");
  const listed = [...printed.join().matchAll(/^ {2}([\w:-]+) {2,}(\S.*)$/gm)].map(([, name, summary]) => [
    name,
    summary,
  ]);
  const section = read("README.md")
    .split("\n## ")
    .find((text) => text.startsWith("Commands"))!;
  const rows = [...section.matchAll(/^\| ([^|]+) \| `npm run ([\w:-]+)/gm)];
  expect(rows.map(([, summary = "", name]) => [name, summary.replaceAll("`", "")])).toEqual(listed);
});
