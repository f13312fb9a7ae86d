import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadFiles } from "../../../scripts/tenant/files/load-files.ts";
import { readKeywordValues } from "../../../scripts/tenant/keyword-values.ts";
import { type CliReader, startCliReader } from "./cli-reader.ts";
import { compareReadings } from "./compare-readings.ts";
import { EXAMPLE_FILES } from "./example-files.ts";

let directory: string;
let cli: CliReader;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "readings-"));
  for (const [file, text] of Object.entries(EXAMPLE_FILES)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), text);
  }
  cli = startCliReader();
});

afterAll(async () => {
  cli.close();
  await rm(directory, { recursive: true });
});

const client = (...lines: readonly string[]) =>
  `clients:\n- name: Till\n${lines.map((line) => `  ${line}\n`).join("")}`;
const database = (...lines: readonly string[]) =>
  `databases:\n- name: people\n  strategy: auth0\n${lines.map((line) => `  ${line}\n`).join("")}`;

describe("means the same to both", () => {
  test.each<[string, string, Record<string, unknown>]>([
    ["a text without quotes", client("description: ##X##"), { X: "require" }],
    ["a text on the next line", client("description:", "  ##X##"), { X: "require" }],
    ["a text in double quotes", client('description: "##X##"'), { X: "a b" }],
    ["a text in single quotes", client("description: '##X##'"), { X: "7200" }],
    ["a text in a block", client("description: |", "  to ##X##"), { X: "you" }],
    ["a text in a folded block", client("description: >-", "  to ##X##", "  and"), { X: "you" }],
    ["a part of a text", client("description: https://##X##/a"), { X: "till.example" }],
    ["two parts of a text", client('description: "##X##:##Y##"'), { X: "a", Y: 1 }],
    ["a number", client("jwt_configuration: { lifetime_in_seconds: ##X## }"), { X: "7200" }],
    ["a number of the mappings", client("jwt_configuration: { lifetime_in_seconds: ##X## }"), { X: 7200 }],
    ["a fraction", "tenant:\n  session_lifetime: ##X##\n", { X: "1.5" }],
    ["a flag", client("is_first_party: ##X##"), { X: "false" }],
    ["a flag of the mappings", client("is_first_party: @@X@@"), { X: true }],
    ["null", client("refresh_token: ##X##"), { X: "null" }],
    ["a list", client("callbacks: ##X##"), { X: '["https://a.example/", "b"]' }],
    ["a list of the mappings", client("callbacks: @@X@@"), { X: ["a", "b"] }],
    ["a list of the mappings in quotes", client('callbacks: "@@X@@"'), { X: ["a", "b"] }],
    ["an empty list", client("callbacks: @@X@@"), { X: [] }],
    ["a mapping", client("client_metadata: ##X##"), { X: '{"a": "b"}' }],
    ["a mapping of the mappings", client("client_metadata: @@X@@"), { X: { a: "b" } }],
    ["an entry of a list", client("callbacks:", "- ##X##", "- b"), { X: "a" }],
    ["an entry of a list of one line", client("callbacks: [##X##, b]"), { X: "a" }],
    ["a text between at signs", client("description: @@X@@"), { X: 'a"b\\c\n#d' }],
    ["a text between at signs in quotes", client("description: '@@X@@'"), { X: "7200" }],
    ["an entry of a list of one line, between at signs", client("callbacks: [@@X@@, b]"), { X: "a" }],
    ["two such without blanks", client("callbacks: [@@X@@,@@Y@@]"), { X: "a, b", Y: 'c"]' }],
    ["the last of a list of several lines", client("callbacks: [", "  b,", "  @@X@@", "]"), { X: "a" }],
    ["an entry that is a text of JSON", client("callbacks: [@@X@@, b]"), { X: '["a"]' }],
    ["a mapping in a list of one line", "clients: [@@X@@, { name: b }]\n", { X: { name: "a" } }],
    ["a mapping by its JSON in a list of one line", "clients: [##X##, { name: b }]\n", { X: '{ "name": "a" }' }],
    ["a value in a mapping of one line", client("client_metadata: { a: @@X@@, b: ##Y## }"), { X: "c", Y: "d" }],
    [
      "a value behind a quoted key without a blank",
      client('client_metadata: {"a":@@X@@,"b":##Y##}'),
      { X: "c", Y: "d" },
    ],
    ["a number in a mapping of one line", client("jwt_configuration: { lifetime_in_seconds: @@X@@ }"), { X: 7200 }],
    [
      "a value in mappings in lists in mappings",
      "roles: [{ name: r, permissions: [{ permission_name: @@X@@, resource_server_identifier: ##Y## }] }]\n",
      { X: "read:a", Y: "u" },
    ],
    ["a pair in a list of one line", client("client_metadata: { a: [@@X@@: b] }"), { X: "c" }],
    ["an anchor in a list of one line", client("callbacks: [&a @@X@@, *a]"), { X: "c" }],
    ["an explicit key in a mapping of one line", client("client_metadata: { ? @@X@@ : b }"), { X: "c" }],
    ["a key", client('client_metadata: { "##X##": b }'), { X: "a" }],
    ["a key between at signs", client("client_metadata: { @@X@@: b }"), { X: "a" }],
    ["an empty text of the mappings", client('description: "##X##"'), { X: "" }],
    ["a keyword in a comment", client("# ##X##", "description: a # ##X##"), { X: "b" }],
    ["an alias of a keyword", client("description: &a ##X##", "logo_uri: *a"), { X: "b" }],
    ["a merged mapping", "clients:\n- &spa { name: ##X##, app_type: spa }\n- { <<: *spa, name: b }\n", { X: "a" }],
    ["a name with a dash", client("description: ##till-name##"), { "till-name": "a" }],
    ["a keyword with a tag that says text", client("client_metadata: { x: !!str ##X##, y: ! ##X## }"), { X: "7200" }],
    ["a keyword right behind another", client("client_metadata: { x: ##X####Y## }"), { X: "1", Y: "2" }],
    [
      "what Auth0 fills in a template",
      "connections:\n- name: sms\n  strategy: sms\n  options:\n    template: Your code is @@password@@.\n",
      {},
    ],
    [
      "a grant that is the default for clients",
      "clientGrants:\n- { default_for: third_party_clients, audience: a, scope: [b] }\n",
      {},
    ],
    ["a value with dollars", client("description: ##X##"), { X: "a$&b$1" }],
    ["a database's script", database("options: { customScripts: { login: ./databases/login.js } }"), { NAME: "a" }],
    [
      "a script under a name with a keyword",
      database("options: { customScripts: { login: ./##X##/login.js } }"),
      { X: "databases" },
    ],
    [
      "a script with keywords",
      database("options: { customScripts: { login: databases/keywords.js } }"),
      { A: "a'b", B: 'c"d', C: ["e"] },
    ],
    ["a database without options", database("enabled_clients: [a]"), {}],
    ["a client's page", client("custom_login_page: till.html"), {}],
    ["a client's page that is written out", client("custom_login_page: <p>Till</p>"), {}],
    [
      "an Action's code",
      "actions:\n- name: a\n  code: ./actions/a.js\n  deployed: ##X##\n  supported_triggers: [{ id: post-login, version: v3 }]\n",
      { X: "true" },
    ],
    [
      "hours and minutes",
      "tenant:\n  session_lifetime: 1.5\n  idle_session_lifetime: 0.51\n  ephemeral_session_lifetime_in_minutes: 7\n",
      {},
    ],
    ["hours beside minutes", "tenant:\n  session_lifetime: 2\n  session_lifetime_in_minutes: 7\n", {}],
    ["an empty section", "clients:\nroles: []\norganizations: []\n", {}],
    ["the Deploy CLI's defaults, which are not added", client("session_transfer: {}"), {}],
    ["a default in a database", database("options: { attributes: { email: { identifier: { active: true } } } }"), {}],
    ["numbers in other bases", client("client_metadata: { a: 0o17, b: 017, c: 0x1F }"), {}],
    ["words that YAML 1.1 had", client("client_metadata: { a: yes, b: off, c: 1_000 }"), {}],
  ])("%s", async (_, text, mappings) => {
    expect(await compareReadings(directory, { text, mappings }, cli)).toEqual({ kind: "same" });
  });
});

/** Each has its row in docs/deploy.md. */
describe("is whole to us, and something else to the Deploy CLI", () => {
  test.each<[string, string, Record<string, unknown>, unknown, unknown]>([
    ["a day", client("client_metadata: { x: ##X## }"), { X: "2025-02-30" }, "2025-02-30", "2025-03-02T00:00:00.000Z"],
    ["a #", client("client_metadata: { x: a ##X## }"), { X: "b #c" }, "a b #c", undefined],
    ["a comma", client("client_metadata: { x: ##X## }"), { X: "a, b: c" }, "a, b: c", "a"],
    ["a backslash in double quotes", client('client_metadata: { x: "##X##" }'), { X: "a\\nb" }, "a\\nb", "a\nb"],
    ["quotes", client("client_metadata: { x: ##X## }"), { X: "'a'" }, "'a'", "a"],
    ["blanks at its ends", client("client_metadata: { x: ##X## }"), { X: " a " }, " a ", "a"],
    ["a number of YAML alone", client("client_metadata: { x: ##X## }"), { X: "0x1F" }, "0x1F", 31],
    ["a flag of YAML alone", client("client_metadata: { x: ##X## }"), { X: "True" }, "True", true],
    ["nothing of YAML", client("client_metadata: { x: ##X## }"), { X: "~" }, "~", null],
    [
      "more digits than a number keeps",
      client("client_metadata: { x: ##X## }"),
      { X: "12345678901234567890" },
      "12345678901234567890",
      Number("12345678901234567890"),
    ],
  ])("%s", async (_, text, mappings, ours, theirs) => {
    const comparison = await compareReadings(directory, { text, mappings }, cli);
    if (theirs === undefined) {
      expect(comparison.kind).toBe("refused by the Deploy CLI");
      return;
    }
    expect(comparison).toMatchObject({
      kind: "differ",
      ours: { clients: [{ client_metadata: { x: ours } }] },
      theirs: { clients: [{ client_metadata: { x: theirs } }] },
    });
  });
});

/** What the Deploy CLI deploys as something else, in part or not at all. */
describe("is refused by us alone", () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ["a keyword without a value", client("description: ##X##"), {}, "TENANT_KEYWORDS_UNFILLED"],
    ["a keyword without a value in quotes", client('description: "##till-name##"'), {}, "TENANT_KEYWORDS_UNFILLED"],
    ["a list between hash signs", client("callbacks: [##X##]"), { X: ["a", "b"] }, "TENANT_KEYWORDS_LEFT"],
    ["a list in a list of one line", client("callbacks: [@@X@@, b]"), { X: ["a"] }, "TENANT_MALFORMED"],
    ["a colon without a blank", client("client_metadata: {a:@@X@@}"), { X: "b" }, "TENANT_KEYWORDS_LEFT"],
    ["at signs inside a text", client("description: a @@X@@"), { X: "b" }, "TENANT_KEYWORDS_LEFT"],
    ["a value that is a keyword", client("description: ##X##"), { X: "##Y##" }, "TENANT_KEYWORDS_LEFT"],
    ["a keyword that lacks a sign", client('description: "##TILL#"'), { TILL: "a" }, "TENANT_KEYWORD_NAME"],
    ["a keyword that lacks a sign, as null", client("refresh_token: ##TILL"), { TILL: "a" }, "TENANT_KEYWORD_NAME"],
    ["a day without quotes", client("client_metadata: { x: 2025-02-30 }"), {}, "TENANT_AMBIGUOUS"],
    ["a number of YAML 1.1", client("client_metadata: { x: 0b101 }"), {}, "TENANT_AMBIGUOUS"],
    ["a field that Auth0 does not have", client("callback: [a]"), {}, "TENANT_FIELD_UNKNOWN"],
    ["a trigger that Auth0 does not have", "triggers:\n  post-logn: []\n", {}, "TENANT_TRIGGER_UNKNOWN"],
    [
      "a kind that is not deployed",
      "guardianFactorProviders:\n- name: sms\n  provider: twilio\n",
      {},
      "TENANT_KIND_NOT_DEPLOYED",
    ],
    ["a selection", "exclude: { clients: [a] }\n", {}, "TENANT_SELECTION_REFUSED"],
    [
      "a script outside the folder",
      database("options: { customScripts: { login: ../readings-outside.js } }"),
      {},
      "TENANT_FILE_OUTSIDE",
    ],
    ["a client's page that is not there", client("custom_login_page: gone.html"), {}, "TENANT_FILE_MISSING"],
  ])("%s", async (_, text, mappings, code) => {
    await writeFile(join(directory, "../readings-outside.js"), "");
    const comparison = await compareReadings(directory, { text, mappings }, cli);
    await rm(join(directory, "../readings-outside.js"));
    expect(comparison).toMatchObject({ kind: "refused by us", code });
  });
});

/** By the checks of its handlers, which its schema does not have. */
describe("is refused by both", () => {
  test.each([
    [
      "two sorts of grants",
      "clientGrants:\n- { client_id: a, default_for: third_party_clients, audience: b, scope: [] }\n",
    ],
    ["no sort of grant", "clientGrants:\n- { audience: b, scope: [] }\n"],
    ["some scopes and all", "clientGrants:\n- { client_id: a, audience: b, allow_all_scopes: true, scope: [c] }\n"],
    ["Auth0's own API", "resourceServers:\n- { name: Auth0 Management API, identifier: a }\n"],
    ["two sorts of rules", database("options: { passwordPolicy: good, password_options: { history: { size: 5 } } }")],
    ["no identifier", database("options: { attributes: { email: { identifier: { active: false } } } }")],
    [
      "two default domains",
      "customDomains:\n- { domain: a, type: auth0_managed_certs, is_default: true }\n- { domain: b, type: auth0_managed_certs, is_default: true }\n",
    ],
    ["a flow without a file", "flows:\n- name: a\n"],
  ])("%s", async (_, text) => {
    const comparison = await compareReadings(directory, { text, mappings: {} }, cli);
    expect(comparison).toEqual({ kind: "refused by both", code: "TENANT_MALFORMED" });
  });
});

/** Their sections are refused by name; what they name is loaded already. */
describe("the files of kinds that are not deployed yet are what the Deploy CLI loads", () => {
  test.each<[string, Record<string, unknown>]>([
    ["pages", { pages: [{ name: "login", html: "./clients/till.html" }] }],
    ["email templates", { emailTemplates: [{ template: "verify_email", body: "clients/till.html" }] }],
    ["modules", { actionModules: [{ name: "m", code: "./databases/keywords.js" }] }],
    ["branding", { branding: { templates: [{ template: "universal_login", body: "./clients/till.html" }] } }],
    [
      "connections by email",
      { connections: [{ name: "c", strategy: "email", options: { email: { body: "mail.html" } } }] },
    ],
    [
      "other connections",
      { connections: [{ name: "c", strategy: "oidc", options: { email: { body: "mail.html" } } }] },
    ],
    ["flows", { flows: [{ name: "f", body: "./flows/f.json" }] }],
    ["forms", { forms: [{ name: "f", body: "./flows/f.json" }] }],
  ])("%s", async (_, document) => {
    const mappings = { A: "a", B: "b", C: ["c"], NAME: "f", NUMBER: 7 };
    const file = join(directory, "kind.yaml");
    await writeFile(file, JSON.stringify(document));
    const theirs = await cli.read(file, directory, mappings);
    const find = readKeywordValues({ AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify(mappings) });
    const ours = await loadFiles(document, { directory, find });
    expect(ours.problems).toEqual([]);
    expect(theirs).toMatchObject({ assets: ours.document });
  });
});
