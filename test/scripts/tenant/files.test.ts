import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadFiles } from "../../../scripts/tenant/files/load-files.ts";
import { readKeywordValues } from "../../../scripts/tenant/keyword-values.ts";
import { listKeywords } from "../../../scripts/tenant/keywords.ts";
import type { Environment } from "../../../scripts/tenant/read-environment.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";
import { resolveKnownTenant, resolveTenant } from "../../../scripts/tenant/resolve-tenant.ts";

let directory: string;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "tenant-files-")), "project");
  await mkdir(directory);
});

afterEach(() => rm(dirname(directory), { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  const path = join(directory, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const database = (script: string) =>
  parseTenant(
    `databases:\n- name: people\n  options:\n    customScripts:\n      login: ${script}\n`,
    join(directory, "tenant.yaml"),
  );

const scriptOf = async (script: string, environment: Environment = {}): Promise<unknown> => {
  const { document } = await resolveTenant(database(script), environment);
  return document.databases?.[0];
};

describe("the content of a file stands in the place of its name", () => {
  const source = "function login(email) {\n  return '## a #';\n}\n";

  test.each([
    "./databases/login.js",
    "databases/login.js",
    ".\\databases\\login.js",
    "./databases/../databases/login.js",
  ])("a database's script: %s", async (name) => {
    await write("databases/login.js", source);
    expect(await scriptOf(`'${name}'`)).toEqual({ name: "people", options: { customScripts: { login: source } } });
  });

  test("under a name with a keyword in it", async () => {
    await write("databases/eu/login.js", source);
    expect(await scriptOf("./databases/##REGION##/login.js", { REGION: "eu" })).toMatchObject({
      options: { customScripts: { login: source } },
    });
  });

  test("but not of a page that is written out over several lines, whatever it has links to", async () => {
    const text = "clients:\n- name: Till\n  custom_login_page: |\n    <a\n    href='/../../../tills'>Tills</a>\n";
    const { document } = await resolveTenant(parseTenant(text, join(directory, "tenant.yaml")), {});
    expect(document.clients).toEqual([{ name: "Till", custom_login_page: "<a\nhref='/../../../tills'>Tills</a>\n" }]);
  });

  test("a client's page, from the folder clients, and a page that is written out", async () => {
    await write("clients/till.html", "<p>Till</p>");
    const text =
      "clients:\n- name: Till\n  custom_login_page: till.html\n- name: Web\n  custom_login_page: <p>Web</p>\n";
    const { document } = await resolveTenant(parseTenant(text, join(directory, "tenant.yaml")), {});
    expect(document.clients).toEqual([
      { name: "Till", custom_login_page: "<p>Till</p>" },
      { name: "Web", custom_login_page: "<p>Web</p>" },
    ]);
  });

  test("the code of an Action stays a name: it is the build's", async () => {
    const text = "actions:\n- name: a\n  code: ./dist/actions/a.js\n  supported_triggers: []\n";
    const { document } = await resolveTenant(parseTenant(text, join(directory, "tenant.yaml")), {});
    expect(document.actions?.[0]?.code).toBe("./dist/actions/a.js");
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "pages",
      { pages: [{ name: "login", html: "./a.txt" }, { name: "error_page" }] },
      { pages: [{ name: "login", html: "a" }, { name: "error_page" }] },
    ],
    [
      "emailTemplates",
      { emailTemplates: [{ template: "verify_email", body: "./a.txt" }] },
      { emailTemplates: [{ template: "verify_email", body: "a" }] },
    ],
    [
      "actionModules",
      { actionModules: [{ name: "m", code: "./a.txt" }] },
      { actionModules: [{ name: "m", code: "a" }] },
    ],
    [
      "branding",
      { branding: { templates: [{ template: "universal_login", body: "./a.txt" }] } },
      { branding: { templates: [{ template: "universal_login", body: "a" }] } },
    ],
    [
      "connections",
      { connections: [{ name: "c", strategy: "email", options: { email: { body: "mail.txt" } } }] },
      { connections: [{ name: "c", strategy: "email", options: { email: { body: "m" } } }] },
    ],
    [
      "connections of another strategy",
      { connections: [{ name: "c", strategy: "oidc", options: { email: { body: "mail.txt" } } }] },
      { connections: [{ name: "c", strategy: "oidc", options: { email: { body: "mail.txt" } } }] },
    ],
    ["flows", { flows: [{ name: "f", body: "./f.json" }] }, { flows: [{ name: "f", actions: ["v"] }] }],
    ["forms", { forms: [{ name: "f", body: "./f.json" }] }, { forms: [{ name: "f", actions: ["v"] }] }],
    [
      "prompts",
      { prompts: { screenRenderers: [{ login: { login: "./f.json" } }] } },
      { prompts: { screenRenderers: [{ actions: ["v"] }] } },
    ],
  ])("of %s", async (_, document, expected) => {
    await write("a.txt", "a");
    await write("connections/mail.txt", "m");
    await write("f.json", '{ "actions": ["##V##"] }');
    const loaded = await loadFiles(document, { directory, find: readKeywordValues({ V: "v" }) });
    expect(loaded).toMatchObject({ document: expected, problems: [] });
  });
});

describe("keywords in a file are filled as the Deploy CLI does", () => {
  test.each<[string, string, Environment, string]>([
    [
      "as they are",
      "const url = '##URL##';",
      { URL: "https://a.example/?b=$&" },
      "const url = 'https://a.example/?b=$&';",
    ],
    ["as JSON, with the quotes around them", "const key = '@@KEY@@';", { KEY: 'a"b' }, 'const key = "a\\"b";'],
    [
      "as JSON without quotes",
      "const list = @@LIST@@;",
      { AUTH0_KEYWORD_REPLACE_MAPPINGS: '{"LIST":["a"]}' },
      'const list = ["a"];',
    ],
    [
      "and what is not ours stays",
      "text('@@password@@', '##x##'); // ## A ##",
      {},
      "text('@@password@@', '##x##'); // ## A ##",
    ],
    ["and a value is not searched again", "##A##", { A: "##B##", B: "b" }, "##B##"],
  ])("%s", async (_, text, environment, expected) => {
    await write("login.js", text);
    expect(await scriptOf("login.js", environment)).toMatchObject({ options: { customScripts: { login: expected } } });
  });

  test("and are listed with their places, so that their values are known as secrets", async () => {
    await write("login.js", "\nconst key = '@@KEY@@';\n");
    expect(listKeywords(await resolveTenant(database("login.js"), { KEY: "k" }))).toMatchObject([
      { name: "KEY", marker: "@@KEY@@", place: "login.js:2" },
    ]);
  });
});

describe("refuses, with the line that names the file,", () => {
  test.each<[string, string, string, string]>([
    [
      "a file that is not there",
      "./login.js",
      "TENANT_FILE_MISSING",
      "tenant.yaml:5 databases[0].options.customScripts.login: ./login.js cannot be read",
    ],
    ["a folder", "./folder", "TENANT_FILE_MISSING", "tenant.yaml:5"],
    [
      "a file above the folder",
      "../outside.js",
      "TENANT_FILE_OUTSIDE",
      "tenant.yaml:5 databases[0].options.customScripts.login: ../outside.js is outside",
    ],
    ["a file in a folder whose name begins alike", "../project-b/outside.js", "TENANT_FILE_OUTSIDE", "tenant.yaml:5"],
    ["an absolute path", "/etc/hostname", "TENANT_FILE_OUTSIDE", "tenant.yaml:5"],
    ["a link that leads outside", "./link.js", "TENANT_FILE_OUTSIDE", "tenant.yaml:5"],
    [
      "a keyword in it without a value",
      "./unfilled.js",
      "TENANT_KEYWORDS_UNFILLED",
      "tenant.yaml:5 databases[0].options.customScripts.login: ##API-KEY## in ./unfilled.js:2 has no value",
    ],
  ])("%s", async (_, name, code, fragment) => {
    await writeFile(join(directory, "../outside.js"), "outside");
    await mkdir(join(directory, "../project-b"));
    await writeFile(join(directory, "../project-b/outside.js"), "outside");
    await mkdir(join(directory, "folder"));
    await symlink("../outside.js", join(directory, "link.js"));
    await write("unfilled.js", "\nconst key = '##API-KEY##';");
    await expect(scriptOf(name)).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: expect.stringContaining(fragment),
    });
  });

  test("code that stands in the tenant file, without repeating it", async () => {
    const text = `actions:
- name: Greet
  supported_triggers: [{ id: post-login, version: v3 }]
  code: |
    /** Greets. */
    exports.onExecutePostLogin = async () => {};
`;
    await expect(resolveTenant(parseTenant(text, join(directory, "tenant.yaml")), {})).rejects.toMatchObject({
      code: "TENANT_FILE_MISSING",
      message:
        "tenant.yaml cannot be deployed as it is:\n  tenant.yaml:4 actions[0].code: names a file, and this is what one would hold: put it in a file, and write the file's name here",
    });
  });

  test("a client's page that is written like a file's name and is none", async () => {
    const text = "clients:\n- name: Till\n  custom_login_page: ./till.html\n";
    await expect(resolveTenant(parseTenant(text, join(directory, "tenant.yaml")), {})).rejects.toMatchObject({
      code: "TENANT_FILE_MISSING",
      message: expect.stringContaining(
        "tenant.yaml:3 clients[0].custom_login_page: clients/./till.html cannot be read",
      ),
    });
  });

  test("JSON that cannot be read, with the line in it", async () => {
    await write("f.json", '{\n  "a": [\n}');
    const loading = loadFiles({ flows: [{ name: "f", body: "./f.json" }] }, { directory, find: () => undefined });
    await expect(loading).rejects.toMatchObject({
      code: "TENANT_NOT_YAML",
      message: expect.stringContaining("./f.json:3"),
    });
  });
});

test.each([
  ["a flow's", "flows:\n- name: f\n  body: ./f.json\n", "tenant.yaml:3 flows[0].body: ./f.json holds"],
  ["a form's", "forms:\n- name: f\n  body: ./f.json\n", "tenant.yaml:3 forms[0].body: ./f.json holds"],
  [
    "a screen's",
    "prompts:\n  screenRenderers:\n  - login:\n      login: ./f.json\n",
    "tenant.yaml:4 prompts.screenRenderers[0].login.login: ./f.json holds",
  ],
])("%s file that holds no mapping is refused with the line that names it", async (_, text, fragment) => {
  for (const [json, found] of [
    ['[{ "id": "a" }]', "a list"],
    ['"a"', "a string"],
    ["", "nothing"],
  ] as const) {
    await write("f.json", json);
    await expect(resolveTenant(parseTenant(text, join(directory, "tenant.yaml")), {})).rejects.toMatchObject({
      code: "TENANT_MALFORMED",
      message: expect.stringContaining(`${fragment} ${found}: expected a mapping`),
    });
  }
});

test("without values, a file is checked all the same, and its keywords wait", async () => {
  await write("login.js", "'##API-KEY##'");
  const { document } = await resolveKnownTenant(database("login.js"), {});
  expect(document.databases).toMatchObject([{ options: { customScripts: { login: "'##API-KEY##'" } } }]);
  await expect(resolveKnownTenant(database("gone.js"), {})).rejects.toMatchObject({ code: "TENANT_FILE_MISSING" });
  await expect(resolveKnownTenant(database("##STAGE##/login.js"), {})).resolves.toBeDefined();
});
