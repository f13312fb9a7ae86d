import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

const metadata = (text: string) =>
  parseTenant(`clients:\n- name: Till\n  client_metadata:\n    x: ${text}\n`, "tenant.yaml").document.clients?.[0];

function failureOf(text: string): CommandError {
  try {
    parseTenant(text, "tenant.yaml");
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

describe("what the Deploy CLI's parser and YAML's core schema read alike is read so", () => {
  test.each<[string, unknown]>([
    ["0o17", 15],
    ["017", 17],
    ["1_000", "1_000"],
    ["yes", "yes"],
    ["True", true],
    ["~", null],
    ["1.50", 1.5],
    ['"2025-02-30"', "2025-02-30"],
    ['"a\\tb"', "a\tb"],
    ["'it''s'", "it's"],
    [">-\n      a\n      b", "a b"],
  ])("%j is %j", (text, expected) => {
    expect(metadata(text)).toEqual({ name: "Till", client_metadata: { x: expected } });
  });
});

describe("what they read differently is refused with its line", () => {
  test.each(["2025-02-30", "2025-01-01T00:00:00Z", "0b101", "-0x1F", "-.5", "1e400", "!!float 1", "!!set { a }"])(
    "%s",
    (text) => {
      const failure = failureOf(`clients:\n- name: Till\n  client_metadata:\n    x: ${text}\n`);
      expect(failure).toMatchObject({ code: "TENANT_AMBIGUOUS", exitCode: 2 });
      expect(failure.message).toContain("tenant.yaml:4 clients[0].client_metadata.x");
    },
  );

  test.each([
    ["another version's words", "%YAML 1.1\n---\nclients:\n- name: Till\n  is_first_party: yes\n", "tenant.yaml:5"],
    ["a key that is nothing", "clients:\n- name: Till\n  client_metadata: { ~: a }\n", "tenant.yaml:3"],
    ["a merge key by its tag", "clients:\n- name: Till\n  ? !!merge <<\n  : 1\n", "tenant.yaml:1"],
    ["a list as a key", "clients:\n- name: Till\n  client_metadata: { ? [a] : b }\n", "tenant.yaml:3"],
  ])("%s", (_, text, place) => {
    const failure = failureOf(text);
    expect(failure.code).toBe("TENANT_AMBIGUOUS");
    expect(failure.message).toContain(place);
  });
});

describe("a `<<` that is text merges nothing", () => {
  test.each(["!!str <<", "! <<", '"<<"'])("%s: is a key of that name", (key) => {
    const expectRead = (text: string, value: unknown) =>
      expect(metadata(`{ ${key}: ${text} }`)).toEqual({ name: "Till", client_metadata: { x: { "<<": value } } });
    expectRead("{ a: b }", { a: "b" });
    expectRead("[1]", [1]);
    expectRead("~", null);
  });

  test("which a keyword cannot change", () => {
    const { source } = parseTenant("clients:\n- name: Till\n  client_metadata: { @@KEY@@: { a: b } }\n", "tenant.yaml");
    expect(source.read(() => "<<")).toEqual({
      clients: [{ name: "Till", client_metadata: { "<<": { a: "b" } } }],
    });
  });
});

test("an anchor may be used as often as one likes", () => {
  const permissions = Array.from({ length: 150 }, (_, index) => `  - permission_name: read:${index}`);
  const rows = permissions.flatMap((row) => [row, "    resource_server_identifier: *api"]);
  const text = `resourceServers:\n- name: A\n  identifier: &api https://a.example/\nroles:\n- name: r\n  permissions:\n${rows.join("\n")}\n`;
  const { document } = parseTenant(text, "tenant.yaml");
  expect(document.roles?.[0]?.permissions?.[149]).toEqual({
    permission_name: "read:149",
    resource_server_identifier: "https://a.example/",
  });
});

/** Each list holds the one before it ten times. */
const doublings = Array.from(
  { length: 9 },
  (_, index) => `  l${index + 1}: &l${index + 1} [${Array(10).fill(`*l${index}`).join(", ")}]`,
);

describe("every failure of reading has a code and a line", () => {
  test.each([
    [
      "aliases that stand for billions",
      `tenant:\n  l0: &l0 [a]\n${doublings.join("\n")}\n`,
      "TENANT_ALIASES_REFUSED",
      "tenant.yaml:8 its aliases stand for",
    ],
    [
      "an alias inside its own value",
      "tenant:\n  a: &a [*a]\n",
      "TENANT_ALIASES_REFUSED",
      "tenant.yaml:2 *a stands inside",
    ],
    ["an alias without an anchor", "tenant:\n  a: *b\n", "TENANT_ALIASES_REFUSED", "tenant.yaml:2 *b names an anchor"],
    [
      "lists in lists without end",
      `tenant: ${"[".repeat(5000)}${"]".repeat(5000)}`,
      "TENANT_NOT_YAML",
      "tenant.yaml:1",
    ],
    ["more than is read", `tenant: ${"[".repeat(150)}${"]".repeat(150)}`, "TENANT_NOT_YAML", "tenant.yaml:1"],
    ["a tag that nobody knows", "tenant:\n  a: !secret b\n", "TENANT_NOT_YAML", "tenant.yaml:2 unknown tag"],
    ["two documents", "tenant: {}\n---\ntenant: {}\n", "TENANT_NOT_YAML", "tenant.yaml:"],
    ["a merge of what is not a mapping", "tenant:\n  <<: 5\n", "TENANT_NOT_YAML", "tenant.yaml:2"],
    [
      "a merge of a list with something else in it",
      "tenant:\n  <<: [{ a: b }, 5]\n",
      "TENANT_NOT_YAML",
      "The Deploy CLI cannot read tenant.yaml",
    ],
    ["a tab", "tenant:\n\tfriendly_name: a\n", "TENANT_NOT_YAML", "tenant.yaml:2"],
    ["a keyword in a broken line", "tenant:\n  a: ##X##: b\n", "TENANT_NOT_YAML", "tenant.yaml:2"],
  ])("%s", (_, text, code, fragment) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ code, exitCode: 2 });
    expect(failure.message).toContain(fragment);
    expect(failure.message).not.toContain("zmarker");
  });
});
