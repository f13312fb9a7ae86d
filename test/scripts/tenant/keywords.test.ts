import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { fillKeywords, fillKnownKeywords, listKeywords } from "../../../scripts/tenant/keywords.ts";
import { findMarkers } from "../../../scripts/tenant/markers.ts";
import type { Environment } from "../../../scripts/tenant/read-environment.ts";
import { parseTenant, readTenant } from "../../../scripts/tenant/read-tenant.ts";

const root = join(import.meta.dirname, "..", "..", "..");

const withSecret = (value: string) =>
  parseTenant(
    `actions:\n- name: a\n  code: a.js\n  supported_triggers: []\n  secrets:\n  - name: S\n    value: ${value}\n`,
    "tenant.yaml",
  );

const secretOf = (tenant: ReturnType<typeof withSecret>) => tenant.document.actions?.[0]?.secrets?.[0]?.value;

function failureOf(value: string, environment: Environment): CommandError {
  try {
    fillKeywords(withSecret(value), environment);
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error("the value was accepted");
}

test.each([
  ["the whole value", "'@@KEY@@'", { KEY: "v" }, "v"],
  ["a value in a text", "'https://##HOST##:##PORT##/'", { HOST: "h", PORT: "1" }, "https://h:1/"],
  ["quotes, line ends and YAML's signs", "'@@KEY@@'", { KEY: `a"b'c\n- d: #e` }, `a"b'c\n- d: #e`],
  ["the same between hash signs", "'##KEY##'", { KEY: `a"b'c\n- d: #e` }, `a"b'c\n- d: #e`],
  ["signs that String.replace would read", "'##KEY##'", { KEY: "$& $1 $'" }, "$& $1 $'"],
  ["nothing where there is no marker", "'# not ## a marker @@'", {}, "# not ## a marker @@"],
])("fills %s", (_, value, environment, expected) => {
  expect(secretOf(fillKeywords(withSecret(value), environment))).toBe(expected);
});

test.each<[string, string, Environment, string]>([
  ["the Management API's identifier", "https://##AUTH0_DOMAIN##/api/v2/", {}, "https://shop.eu.auth0.com/api/v2/"],
  ["that of another tenant", "https://other.eu.auth0.com/api/v2/", {}, "https://other.eu.auth0.com/api/v2/"],
  ["another address of the domain", "https://##AUTH0_DOMAIN##/u/login", {}, "https://login.shop.example/u/login"],
  [
    "the same of a tenant without a custom domain",
    "https://##AUTH0_DOMAIN##/api/v2/",
    { AUTH0_AUDIENCE: "" },
    "https://login.shop.example/api/v2/",
  ],
])("with a custom domain, which AUTH0_AUDIENCE says, fills %s", (_, value, more, expected) => {
  const environment = {
    AUTH0_DOMAIN: "login.shop.example",
    AUTH0_AUDIENCE: "https://shop.eu.auth0.com/api/v2/",
    ...more,
  };
  expect(secretOf(fillKeywords(withSecret(`"${value}"`), environment))).toBe(expected);
  expect(secretOf(fillKnownKeywords(withSecret(`"${value}"`), environment))).toBe(expected);
});

test.each([
  ["a keyword without a value", "'@@KEY@@'", {}, "TENANT_KEYWORDS_UNFILLED", "KEY (tenant.yaml:7)"],
  ["an empty value", "'@@KEY@@'", { KEY: "" }, "TENANT_KEYWORDS_UNFILLED", "KEY (tenant.yaml:7)"],
  ["a name that every object has", "'##constructor##'", {}, "TENANT_KEYWORDS_UNFILLED", "constructor (tenant.yaml:7)"],
  ["a quoting marker in a longer text", "'x @@KEY@@'", { KEY: "v" }, "TENANT_KEYWORDS_LEFT", "must be the whole value"],
  ["a value that holds a marker", "'##KEY##'", { KEY: "##HOME##" }, "TENANT_KEYWORDS_LEFT", "holds a marker itself"],
])("refuses %s", (_, value, environment, code, fragment) => {
  const failure = failureOf(value, environment);
  expect(failure).toMatchObject({ code, exitCode: 2 });
  expect(failure.message).toContain(fragment);
});

test("names every unfilled keyword with all its places, and none that is filled", () => {
  const text =
    "clients:\n- name: a\n  callbacks: ['##SPA##', '##SPA##/b']\n  web_origins:\n  - '##SPA##'\n  app_type: '##KIND##'\n  initiate_login_uri: '##GIVEN##'\n";
  expect(() => fillKeywords(parseTenant(text, "tenant.yaml"), { GIVEN: "v" })).toThrow(
    /2 keywords.*\n {2}SPA \(tenant\.yaml:3, tenant\.yaml:5\)\n {2}KIND \(tenant\.yaml:6\)\n(?!.*GIVEN)/,
  );
});

test("no failure repeats a value", () => {
  const failure = failureOf("'##KEY##'", { KEY: "rk_live_hush ##OTHER##" });
  expect(failure.message).not.toContain("hush");
});

test("filling what is known leaves the rest, and the file that was read, as they are", () => {
  const tenant = withSecret("'##A##/##B##'");
  expect(secretOf(fillKnownKeywords(tenant, { A: "a" }))).toBe("a/##B##");
  expect(secretOf(tenant)).toBe("##A##/##B##");
});

test("a value that is filled in is not searched for another keyword", () => {
  expect(secretOf(fillKnownKeywords(withSecret("'##A##'"), { A: "##B##", B: "b" }))).toBe("##B##");
});

test("markers are found anywhere in a text", () => {
  expect(findMarkers("a ##B## c @@D@@ ##e f##")).toEqual([
    { name: "B", marker: "##B##", index: 2 },
    { name: "D", marker: "@@D@@", index: 10 },
  ]);
});

test(".env.example fills this project's tenant file, and holds nothing that nobody reads", async () => {
  const tenant = await readTenant(join(root, "tenant.yaml"));
  const example = parseEnv(await readFile(join(root, ".env.example"), "utf8")) as Environment;
  // Which tenant is the one thing that no example can say.
  expect(() => fillKeywords(tenant, { ...example, AUTH0_DOMAIN: "example.eu.auth0.com" })).not.toThrow();
  const read = new Set(listKeywords(tenant).map(({ name }) => name));
  const sources = (await Promise.all(["scripts", "gateways"].map(readSources))).join("\n");
  const isRead = (name: string) => read.has(name) || new RegExp(`\\b${name}\\b`).test(sources);
  expect(Object.keys(example).filter((name) => !isRead(name))).toEqual([]);
});

async function readSources(folder: string): Promise<string> {
  const files = await readdir(join(root, folder), { recursive: true });
  const sources = files.filter((file) => file.endsWith(".ts"));
  return (await Promise.all(sources.map((file) => readFile(join(root, folder, file), "utf8")))).join("\n");
}

test.each([
  "AUTH0_DOMAIN",
  "AUTH0_CLIENT_ID",
  "AUTH0_CLIENT_SECRET",
  "AUTH0_CA_FILE",
  "TENANT_STAGE",
  "SECRETS_DIGEST_KEY",
])(".env.example has %s without a value, so that nothing is deployed by accident", async (name) => {
  expect(parseEnv(await readFile(join(root, ".env.example"), "utf8"))).toHaveProperty(name, "");
});
