import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { parseTenant, readTenant } from "../../../scripts/tenant/read-tenant.ts";

const projectFile = join(import.meta.dirname, "..", "..", "..", "tenant.yaml");

function failureOf(text: string): CommandError {
  try {
    parseTenant(text, "somewhere/tenant.yaml");
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

test("this project's tenant file can be read", async () => {
  const { document, directory } = await readTenant(projectFile);
  expect(document.actions?.map(({ name }) => name)).toEqual(
    document.triggers?.["post-login"]?.map(({ action_name }) => action_name),
  );
  expect(join(directory, "tenant.yaml")).toBe(projectFile);
});

test("without an environment's name no file of one is merged, whatever it is called", async () => {
  const directory = mkdtempSync(join(tmpdir(), "read-tenant-"));
  try {
    mkdirSync(join(directory, "environments"));
    writeFileSync(join(directory, "tenant.yaml"), "roles:\n- name: clerk\n");
    for (const name of ["undefined", "null", "staging"])
      writeFileSync(join(directory, "environments", `${name}.yaml`), "roles:\n- name: boss\n");
    const { document } = await readTenant(join(directory, "tenant.yaml"));
    expect(document.roles).toEqual([{ name: "clerk" }]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("keys that this project does not read stay in the document", () => {
  const { document } = parseTenant("clients: [{ name: b, addons: {} }]", "t.yaml");
  expect(document).toEqual({ clients: [{ name: "b", addons: {} }] });
});

test("an anchor's mapping can be merged, as the Deploy CLI allows", () => {
  const text = "clients:\n  - &spa { name: a, app_type: spa }\n  - { <<: *spa, name: b }\n";
  expect(parseTenant(text, "t.yaml").document.clients).toEqual([
    { name: "a", app_type: "spa" },
    { name: "b", app_type: "spa" },
  ]);
});

test.each([
  ["a value", ["clients", 1, "name"], "tenant.yaml:4"],
  ["a key that is not there: the mapping that would hold it", ["clients", 1, "callbacks"], "tenant.yaml:4"],
  ["an index past the end: the list", ["clients", 7], "tenant.yaml:3"],
  ["the root", [], "tenant.yaml:2"],
] as const)("a place is the line of %s", (_, path, expected) => {
  const { locate } = parseTenant("# first\nclients:\n  - name: a\n  - name: b\n", "folder/tenant.yaml");
  expect(locate(path)).toBe(expected);
});

test.each([
  ["an unclosed list", "clients: [", "TENANT_NOT_YAML", ["tenant.yaml:1"]],
  ["a second document", "roles: []\n---\nclients: []\n", "TENANT_NOT_YAML", ["tenant.yaml:2 a second document begins"]],
  [
    "numbers that JSON does not have, which would be sent as null",
    "tenant:\n  session_lifetime: .inf\nclients:\n  - name: a\n    addons: { samlp: { list: [-.inf, .nan] } }",
    "TENANT_MALFORMED",
    [
      "tenant.yaml:2 tenant.session_lifetime: is not a number that can be sent",
      "tenant.yaml:5 clients[0].addons.samlp.list[0]: is not a number that can be sent",
      "tenant.yaml:5 clients[0].addons.samlp.list[1]: is not a number that can be sent",
    ],
  ],
  ["a key given twice", "clients: []\nclients: []", "TENANT_NOT_YAML", ["tenant.yaml:2"]],
  ["an empty file", "", "TENANT_MALFORMED", ["tenant.yaml:1 the file: expected a mapping, found nothing"]],
  ["a list at the root", "- a", "TENANT_MALFORMED", ["expected a mapping, found a list"]],
  [
    "a version that YAML reads as a number",
    "actions:\n- name: a\n  code: a.js\n  supported_triggers: []\n  dependencies: [{ name: b, version: 1.0 }]",
    "TENANT_MALFORMED",
    ["tenant.yaml:5 actions[0].dependencies[0].version: expected a text (quote it), found a number"],
  ],
  [
    "several mistakes: all are named",
    "roles:\n- description: a\nresourceServers:\n- name: b\n  identifier: c/\n  enforce_policies: maybe\nclients: {}",
    "TENANT_MALFORMED",
    [
      'tenant.yaml:2 roles[0]: "name" is missing',
      "tenant.yaml:6 resourceServers[0].enforce_policies: expected true or false, found a string",
      "tenant.yaml:7 clients: expected a list, found a mapping",
    ],
  ],
])("refuses %s", (_, text, code, fragments) => {
  const failure = failureOf(text);
  expect(failure).toMatchObject({ code, exitCode: 2 });
  for (const fragment of fragments) expect(failure.message).toContain(fragment);
});

test("a file that is not there is refused by name", async () => {
  await expect(readTenant("nowhere/tenant.yaml")).rejects.toMatchObject({ code: "TENANT_NOT_FOUND", exitCode: 2 });
});
