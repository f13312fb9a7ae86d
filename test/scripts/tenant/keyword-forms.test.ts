import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { fillKeywords, fillKnownKeywords, fillLists, listKeywords } from "../../../scripts/tenant/keywords.ts";
import type { Environment } from "../../../scripts/tenant/read-environment.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

/** A tenant file whose one client has `lines`, indented as its fields. */
const clientWith = (...lines: readonly string[]) =>
  parseTenant(`clients:\n- name: Till\n${lines.map((line) => `  ${line}\n`).join("")}`, "tenant.yaml");

const filledClient = (lines: readonly string[], environment: Environment): Record<string, unknown> => ({
  ...fillKeywords(clientWith(...lines), environment).document.clients?.[0],
});

const mappings = (values: Record<string, unknown>): Environment => ({
  AUTH0_KEYWORD_REPLACE_MAPPINGS: JSON.stringify(values),
});

function failureOf(run: () => unknown): CommandError {
  try {
    run();
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("without quotes, a keyword is what its value says by JSON's grammar", () => {
  test.each<[string, string, unknown]>([
    ["a word", "require", "require"],
    ["a number", "7200", 7200],
    ["a negative fraction", "-1.5e2", -150],
    ["true", "true", true],
    ["false", "false", false],
    ["null", "null", null],
    ["a list", '["https://a.example/", "https://b.example/"]', ["https://a.example/", "https://b.example/"]],
    ["a mapping", '{"a": 1}', { a: 1 }],
    ["a day, which YAML's grammar would make a time", "2025-02-30", "2025-02-30"],
    ["a number that only YAML knows", "0x1F", "0x1F"],
    ["a number that is too great", "1e400", "1e400"],
    ["an account number with more digits than a number keeps", "12345678901234567890", "12345678901234567890"],
    ["YAML's other words", "yes", "yes"],
    ["the sign for nothing in YAML", "~", "~"],
    ["a text with a #", "a #b", "a #b"],
    ["a text with a colon", "a: b", "a: b"],
    ["a text with a comma", "a, b", "a, b"],
    ["a text in quotes", '"a"', '"a"'],
    ["several lines", "a\nb: c\n- d", "a\nb: c\n- d"],
    ["what looks like an alias", "*a", "*a"],
  ])("%s", (_, value, expected) => {
    expect(filledClient(["client_metadata: { x: ##X## }"], { X: value }).client_metadata).toEqual({ x: expected });
  });
});

describe("a keyword is filled wherever a value can stand", () => {
  test.each<[string, readonly string[], Environment, Record<string, unknown>]>([
    ["behind a colon", ["organization_usage: ##USAGE##"], { USAGE: "require" }, { organization_usage: "require" }],
    [
      "on the next line",
      ["organization_usage:", "  ##USAGE##"],
      { USAGE: "require" },
      { organization_usage: "require" },
    ],
    ["in a list", ["callbacks:", "  - ##A##", "  - b"], { A: "a" }, { callbacks: ["a", "b"] }],
    ["in a list of one line", ["callbacks: [##A##, ##B##/b]"], { A: "a", B: "x" }, { callbacks: ["a", "x/b"] }],
    ["as the whole list", ["callbacks: ##LIST##"], { LIST: '["a","b"]' }, { callbacks: ["a", "b"] }],
    ["as a flag", ["is_first_party: ##FIRST##"], { FIRST: "false" }, { is_first_party: false }],
    ["in a text without quotes", ["description: at ##A##:##B##."], { A: "a", B: "1" }, { description: "at a:1." }],
    ["in double quotes", ['description: "##A##"'], { A: "7200" }, { description: "7200" }],
    ["in single quotes", ["description: '##A##'"], { A: "true" }, { description: "true" }],
    ["in a block", ["description: |", "  to ##A##", "  and b"], { A: "a #1" }, { description: "to a #1\nand b\n" }],
    [
      "twice in what would be a list and stays text",
      ["description: ##A####B##"],
      { A: '["a"', B: "]" },
      { description: '["a"]' },
    ],
    [
      "twice in one number",
      ["client_metadata: { x: ##A##.##B## }"],
      { A: "1", B: "5" },
      { client_metadata: { x: 1.5 } },
    ],
    ["in a key", ['client_metadata: { "##A##": b }'], { A: "a" }, { client_metadata: { a: "b" } }],
    ["in a key without quotes", ["client_metadata:", "  ##A##_id: b"], { A: "a" }, { client_metadata: { a_id: "b" } }],
    ["under a name with a dash", ['description: "##STRIPE-KEY##"'], { "STRIPE-KEY": "k" }, { description: "k" }],
    [
      "under a name with a dot and letters of any language",
      ["description: ##prix.é##"],
      { "prix.é": "k" },
      { description: "k" },
    ],
    ["through an alias", ["description: &d ##A##", "logo_uri: *d"], { A: "a" }, { description: "a", logo_uri: "a" }],
    ["with a tag that says text", ["description: !!str ##A##"], { A: "7200" }, { description: "7200" }],
    ["with the tag that has no name", ["description: ! ##A##"], { A: "true" }, { description: "true" }],
    ["between at signs with a tag", ["description: !!str @@A@@"], { A: '["a"]' }, { description: '["a"]' }],
    [
      "right behind another",
      ["client_metadata: { x: ##A####B## }"],
      { A: "1", B: "2" },
      { client_metadata: { x: 12 } },
    ],
    ["right behind another, alone in its line", ["description: ##A####B##"], { A: "a", B: "b" }, { description: "ab" }],
    ["between at signs, as text", ['description: "@@A@@"'], { A: '["a"]' }, { description: '["a"]' }],
    ["between at signs in single quotes", ["description: '@@A@@'"], { A: "7" }, { description: "7" }],
    ["between at signs without quotes, as a list", ["callbacks: @@A@@"], { A: '["a"]' }, { callbacks: ["a"] }],
    ["between at signs without quotes, as text", ["description: @@A@@"], { A: "7" }, { description: "7" }],
    [
      "between at signs from the mappings, as a list",
      ["callbacks: @@A@@"],
      mappings({ A: ["a"] }),
      { callbacks: ["a"] },
    ],
    [
      "between at signs in quotes from the mappings",
      ['callbacks: "@@A@@"'],
      mappings({ A: ["a"] }),
      { callbacks: ["a"] },
    ],
    [
      "between at signs as a number",
      ["client_metadata: { x: @@A@@ }"],
      mappings({ A: 7 }),
      { client_metadata: { x: 7 } },
    ],
    ["from the mappings, as a flag", ["is_first_party: ##A##"], mappings({ A: true }), { is_first_party: true }],
    ["from the mappings, inside a text", ['description: "v##A##"'], mappings({ A: 7 }), { description: "v7" }],
    [
      "from the mappings rather than the variable",
      ["description: ##A##"],
      { ...mappings({ A: "m" }), A: "v" },
      { description: "m" },
    ],
    ["from a mapping that is an empty text", ['description: "##A##"'], mappings({ A: "" }), { description: "" }],
  ])("%s", (_, lines, environment, expected) => {
    expect(filledClient(lines, environment)).toEqual({ name: "Till", ...expected });
  });
});

describe("what cannot be meant is refused with its line", () => {
  test.each<[string, readonly string[], Environment, string, string]>([
    [
      "no value behind a colon",
      ["organization_usage: ##USAGE##"],
      {},
      "TENANT_KEYWORDS_UNFILLED",
      "USAGE (tenant.yaml:3)",
    ],
    [
      "no value for a name with a dash",
      ['description: "##STRIPE-KEY##"'],
      {},
      "TENANT_KEYWORDS_UNFILLED",
      "STRIPE-KEY (tenant.yaml:3)",
    ],
    [
      "no value at the end of a text",
      ["description: a ##NOTE##"],
      {},
      "TENANT_KEYWORDS_UNFILLED",
      "NOTE (tenant.yaml:3)",
    ],
    ["no value for a list", ["callbacks: @@LIST@@"], {}, "TENANT_KEYWORDS_UNFILLED", "LIST (tenant.yaml:3)"],
    [
      "at signs inside a text",
      ['description: "x @@A@@"'],
      { A: "a" },
      "TENANT_KEYWORDS_LEFT",
      "tenant.yaml:3 clients[0].description: @@A@@ must be the whole value",
    ],
    [
      "at signs inside a block",
      ["description: |", "  @@A@@"],
      { A: "a" },
      "TENANT_KEYWORDS_LEFT",
      "must be the whole value",
    ],
    [
      "a list between hash signs",
      ["callbacks: ##A##"],
      mappings({ A: ["a"] }),
      "TENANT_KEYWORDS_LEFT",
      "write it as @@A@@",
    ],
    [
      "a mapping as a key",
      ['client_metadata: { "@@A@@": b }'],
      mappings({ A: {} }),
      "TENANT_KEYWORDS_LEFT",
      "tenant.yaml:3",
    ],
    [
      "a word as a list",
      ["callbacks: ##A##"],
      { A: "a" },
      "TENANT_MALFORMED",
      "tenant.yaml:3 clients[0].callbacks: expected a list",
    ],
    [
      "a keyword in a list in the mappings",
      ["callbacks: @@A@@"],
      mappings({ A: ["##B##"] }),
      "TENANT_KEYWORDS_LEFT",
      "holds a marker itself",
    ],
    [
      "a list between brackets",
      ["callbacks: [@@A@@, b]"],
      mappings({ A: ["a"] }),
      "TENANT_MALFORMED",
      "tenant.yaml:3 clients[0].callbacks[0]: expected a text, found a list, from @@A@@; a keyword that stands for a list is the whole list, without brackets or a dash",
    ],
    [
      "a list behind a dash",
      ["callbacks:", "  - @@A@@"],
      mappings({ A: ["a"] }),
      "TENANT_MALFORMED",
      "tenant.yaml:4 clients[0].callbacks[0]: expected a text, found a list, from @@A@@;",
    ],
    [
      "a JSON list between brackets",
      ["callbacks: [##A##, b]"],
      { A: '["a"]' },
      "TENANT_MALFORMED",
      "clients[0].callbacks[0]: expected a text, found a list, from ##A##;",
    ],
    [
      "a number in a list of texts",
      ["callbacks: [b, @@A@@]"],
      mappings({ A: 7 }),
      "TENANT_MALFORMED",
      "tenant.yaml:3 clients[0].callbacks[1]: expected a text, found a number, from @@A@@",
    ],
    [
      "a colon without a blank in a mapping of one line",
      ["client_metadata: {a:@@A@@, b: c}"],
      { A: "a" },
      "TENANT_KEYWORDS_LEFT",
      "tenant.yaml:3 clients[0].client_metadata.a:@@A@@: @@A@@ must be the whole value, not part of a text; a colon needs a blank behind it",
    ],
    [
      "a key without one",
      ["client_metadata: {@@A@@:b}"],
      { A: "a" },
      "TENANT_KEYWORDS_LEFT",
      "must be the whole value, not part of a text; a colon needs a blank behind it",
    ],
    [
      "two keys that become one",
      ["client_metadata:", '  "##A##": 1', '  "##B##": 2'],
      { A: "a", B: "a" },
      "TENANT_KEY_TWICE",
      "tenant.yaml:5",
    ],
  ])("%s", (_, lines, environment, code, fragment) => {
    const failure = failureOf(() => fillKeywords(clientWith(...lines), environment));
    expect(failure).toMatchObject({ code, exitCode: 2 });
    expect(failure.message).toContain(fragment);
  });
});

test.each(['{"hush": ', '["hush"]', '"hush"', "A=hush"])(
  "mappings that are not an object are refused, not dropped: %s",
  (text) => {
    const environment = { AUTH0_KEYWORD_REPLACE_MAPPINGS: text, A: "a" };
    const failure = failureOf(() => fillKeywords(clientWith("description: ##A##"), environment));
    expect(failure).toMatchObject({ code: "KEYWORD_MAPPINGS_MALFORMED", exitCode: 2 });
    expect(failure.message).not.toContain("hush");
  },
);

test("a comment is a comment, whatever stands in it", () => {
  const tenant = clientWith("# ##A## and @@B@@", "description: a # ##C##", "## Callbacks ##", "logo_uri: b");
  expect(fillKeywords(tenant, {}).document.clients).toEqual([{ name: "Till", description: "a", logo_uri: "b" }]);
});

test("a heading that looks like a keyword is refused with a way to write it", () => {
  const failure = failureOf(() => parseTenant("##CLIENTS##\nclients:\n- name: Till\n", "tenant.yaml"));
  expect(failure).toMatchObject({ code: "TENANT_NOT_YAML" });
  expect(failure.message).toContain("##CLIENTS## is a keyword; a comment needs a blank behind its #");
});

test("as written, a value that waits for its keyword is left out, and a text keeps its marker", () => {
  const { document } = clientWith("callbacks: @@LIST@@", "is_first_party: ##FIRST##", "description: ##A##");
  expect(document.clients).toEqual([{ name: "Till", is_first_party: "##FIRST##", description: "##A##" }]);
});

test("filling what is known fills lists and flags as well", () => {
  const tenant = clientWith("callbacks: @@LIST@@", "web_origins: @@OTHER@@");
  expect(fillKnownKeywords(tenant, { LIST: '["a"]' }).document.clients).toEqual([{ name: "Till", callbacks: ["a"] }]);
});

test("every keyword is listed with its place, without quotes too", () => {
  expect(listKeywords(clientWith("organization_usage: ##USAGE##", "callbacks: @@LIST@@"))).toMatchObject([
    { name: "USAGE", marker: "##USAGE##", place: "tenant.yaml:3" },
    { name: "LIST", marker: "@@LIST@@", place: "tenant.yaml:4" },
  ]);
});

test("lists are filled for the build, and texts keep their markers", () => {
  const filled = fillLists(clientWith("callbacks: @@LIST@@", "description: ##A##"), { LIST: '["a"]', A: "a" });
  expect(filled).toMatchObject({ waiting: [], document: { clients: [{ callbacks: ["a"], description: "##A##" }] } });
});

test("a list that waits for its keyword is told by its place", () => {
  const text = "resourceServers:\n- name: a\n  identifier: b\n  scopes: @@SCOPES@@\n";
  expect(parseTenant(text, "tenant.yaml").waiting).toEqual([["resourceServers", 0, "scopes"]]);
});

test("several entries that wait leave the others in their places", () => {
  const text = "clients:\n- @@A@@\n- name: Till\n- @@B@@\n- name: Web\n";
  expect(parseTenant(text, "tenant.yaml").document.clients).toEqual([{ name: "Till" }, { name: "Web" }]);
});

test("a list that an entry cannot be without has to be written out", () => {
  const text = "actions:\n- name: a\n  code: a.js\n  supported_triggers: @@TRIGGERS@@\n";
  const failure = failureOf(() => parseTenant(text, "tenant.yaml"));
  expect(failure).toMatchObject({ code: "TENANT_MALFORMED" });
  expect(failure.message).toContain("tenant.yaml:4 actions[0].supported_triggers: must be written out");
});

test.each([
  ["behind a colon", "description: ##TILL NAME##"],
  ["behind a dash", "callbacks:\n  - ##TILL NAME##"],
  ["with a quote in it", "description: ##TILL'S##"],
  ["between two comments", "description: ##A## ##B C##"],
  ["with three signs", "refresh_token: ###POLICY###"],
  ["with one sign behind it", "refresh_token: ##POLICY#"],
  ["with none behind it", "refresh_token: ##POLICY"],
  ["with none behind it, behind another", "description: ##A## ##POLICY"],
  ["with one sign behind it, in quotes", 'description: "##POLICY#"'],
  ["with none behind it, in quotes", "description: '##POLICY'"],
  ["with one sign before it, in quotes", 'description: "#POLICY##"'],
  ["with one at sign behind it, in quotes", 'description: "@@POLICY@"'],
])("what is nearly a keyword is refused, a comment or a text as it may be: %s", (_, line) => {
  const failure = failureOf(() => parseTenant(`clients:\n- name: Till\n  ${line}\n`, "tenant.yaml"));
  expect(failure).toMatchObject({ code: "TENANT_KEYWORD_NAME", exitCode: 2 });
  expect(failure.message).toMatch(/tenant\.yaml:[34] .*[#@]{2}/);
});

test.each([
  "description: a ## b ##",
  "description: a # ##B C##",
  "# ##B C##",
  "## Till ##",
  'description: "##B C##"',
  "description: a ##note",
  "refresh_token: # ##A##",
  "refresh_token: ##note",
  'description: "the ##1 till"',
])("and a comment or a text stays what it is: %s", (line) => {
  expect(() => parseTenant(`clients:\n- name: Till\n  ${line}\n`, "tenant.yaml")).not.toThrow();
});

test.each(["TILL NAME", "TILL'S", "", "A##B", "a(b)"])(
  "a mapping whose name cannot be a keyword is refused: %j",
  (name) => {
    const failure = failureOf(() => fillKeywords(clientWith("description: a"), mappings({ [name]: "hush" })));
    expect(failure).toMatchObject({ code: "TENANT_KEYWORD_NAME", exitCode: 2 });
    expect(failure.message).toContain(JSON.stringify(name));
    expect(failure.message).not.toContain("hush");
  },
);

test.each([
  ["in quotes", "template: 'Your code is @@password@@ (##TILL##).'", "Your code is @@password@@ (Till)."],
  [
    "without quotes",
    "template: Code @@password@@ for @@application.name@@",
    "Code @@password@@ for @@application.name@@",
  ],
  ["in a block", "template: |-\n      @@password@@\n      is your code", "@@password@@\nis your code"],
])("what Auth0 itself fills in a template is text: %s", (_, line, expected) => {
  const text = `connections:\n- name: sms\n  strategy: sms\n  options:\n    ${line}\n`;
  const filled = fillKeywords(parseTenant(text, "tenant.yaml"), { TILL: "Till" });
  expect(filled.document.connections).toEqual([{ name: "sms", strategy: "sms", options: { template: expected } }]);
  expect(listKeywords(filled).map(({ name }) => name)).not.toContain("password");
});

test("but a whole value between at signs is a keyword, however it is written", () => {
  const failure = failureOf(() => fillKeywords(clientWith('description: "@@secret@@"'), {}));
  expect(failure).toMatchObject({ code: "TENANT_KEYWORDS_UNFILLED" });
});
