import { expect, test } from "@jest/globals";
import { BASE, parse, refusalOf } from "./example.ts";

test.each<[what: string, overlay: string, code: string, lines: string[]]>([
  ["a misspelt section", "# x\nrole:\n- name: editor\n", "TENANT_SECTION_UNKNOWN", ["environments/eu.yaml:2 role:"]],
  [
    "a misspelt field of an entry that tenant.yaml has",
    "clients:\n- name: Worker\n  app_typ: spa\n",
    "TENANT_FIELD_UNKNOWN",
    ["environments/eu.yaml:3 clients[1].app_typ: is not a field that Auth0 has: did you mean app_type?"],
  ],
  [
    "a misspelt field of an entry that is new",
    "clients:\n- name: Site\n  app_typ: spa\n",
    "TENANT_FIELD_UNKNOWN",
    ["environments/eu.yaml:3 clients[2].app_typ"],
  ],
  [
    "a value of another type",
    "clients:\n- name: Web\n  app_type: [a]\n",
    "TENANT_MALFORMED",
    ["environments/eu.yaml:3"],
  ],
  [
    "an entry without its name",
    "clients:\n- app_type: spa\n",
    "TENANT_MALFORMED",
    ["environments/eu.yaml:2 clients[0]: must have name"],
  ],
  [
    "a new entry that lacks what it needs",
    "actions:\n- name: gatw\n  runtime: node22\n",
    "TENANT_MALFORMED",
    ["environments/eu.yaml:2 actions[1]"],
  ],
  [
    "an entry twice",
    "roles:\n- name: editor\n- name: editor\n",
    "ENTRY_TWICE",
    ['environments/eu.yaml:3 roles[1]: "editor"'],
  ],
  [
    "a section with nothing behind its colon",
    "clients: []\nroles:\n",
    "TENANT_MALFORMED",
    ["environments/eu.yaml:2 roles:"],
  ],
  [
    "something to leave out that is not there",
    "roles:\n- { name: editr, leave_out: true }\n",
    "OVERLAY_ENTRY_UNKNOWN",
    ['environments/eu.yaml:2 roles[0]: tenant.yaml has no "editr" to leave out: did you mean "editor"?'],
  ],
  [
    "a section to leave out that is not there",
    "prompts: { leave_out: true }\n",
    "OVERLAY_ENTRY_UNKNOWN",
    ["environments/eu.yaml:1 prompts"],
  ],
  [
    "something to leave out in an entry that is new",
    "roles:\n- name: auditor\n  description: { leave_out: true }\n",
    "OVERLAY_ENTRY_UNKNOWN",
    ["environments/eu.yaml:3 roles[0].description"],
  ],
  [
    "something to leave out in a list without names",
    "triggers:\n  post-login:\n  - { action_name: gate, leave_out: true }\n",
    "OVERLAY_ENTRY_UNKNOWN",
    ["environments/eu.yaml:3 triggers.post-login[0]"],
  ],
  [
    "leave_out: false",
    "roles:\n- { name: editor, leave_out: false }\n",
    "TENANT_MALFORMED",
    ["environments/eu.yaml:2 roles[0].leave_out: must be true"],
  ],
  [
    "leave_out as a text",
    'roles:\n- { name: editor, leave_out: "true" }\n',
    "TENANT_MALFORMED",
    ["roles[0].leave_out"],
  ],
  [
    "a keyword for leave_out",
    "roles:\n- { name: editor, leave_out: ##X## }\n",
    "TENANT_MALFORMED",
    ["roles[0].leave_out"],
  ],
  [
    "an entry that is left out and changed",
    "roles:\n- { name: editor, leave_out: true, description: x }\n",
    "TENANT_MALFORMED",
    ["its description"],
  ],
  [
    "a lifetime in another unit than tenant.yaml, whose hours would win",
    "tenant:\n  session_lifetime_in_minutes: 30\n",
    "TENANT_MALFORMED",
    ["environments/eu.yaml:2 tenant.session_lifetime_in_minutes: tenant.yaml has session_lifetime"],
  ],
  ["a list", "- a\n", "TENANT_MALFORMED", ["environments/eu.yaml:1"]],
  ["a text", "a\n", "TENANT_MALFORMED", ["environments/eu.yaml:1"]],
  [
    "several faults, all at once",
    "role: []\nclients:\n- name: Web\n  app_type: 7\n",
    "TENANT_REFUSED",
    ["environments/eu.yaml:1 role:", "environments/eu.yaml:4 clients[0].app_type"],
  ],
])("an overlay is refused, with its own line, that has %s", (_what, overlay, code, lines) => {
  const { code: found, message, exitCode } = refusalOf(overlay);
  expect([found, exitCode]).toEqual([code, 2]);
  for (const line of lines) expect(message).toContain(line);
  expect(message).not.toContain("tenant.yaml:");
});

test("a lifetime in hours where tenant.yaml has minutes is refused too: one of the two would be lost", () => {
  const base = "tenant:\n  idle_session_lifetime_in_minutes: 30\n";
  expect(refusalOf("tenant: { idle_session_lifetime: 1 }", base).message).toContain(
    "environments/eu.yaml:1 tenant.idle_session_lifetime: tenant.yaml has idle_session_lifetime_in_minutes",
  );
  expect(() => parse("tenant: { idle_session_lifetime_in_minutes: 60 }", base)).not.toThrow();
  const both = "{ idle_session_lifetime: 1, idle_session_lifetime_in_minutes: { leave_out: true } }";
  expect(() => parse(`tenant: ${both}`, base)).not.toThrow();
});

test("what is wrong in tenant.yaml is still said with tenant.yaml's line", () => {
  const broken = BASE.replace("description: Edits", "descripton: Edits");
  const { message } = refusalOf("roles: [{ name: auditor }]", broken);
  expect(message).toMatch(/tenant\.yaml:24 roles\[0\]\.descripton/);
});

test("a fault of tenant.yaml in what the overlay leaves out or replaces is not one in that environment", () => {
  const broken = BASE.replace("app_type: non_interactive", "app_type: [none]");
  expect(() => parse("clients: [{ name: Worker, leave_out: true }]", broken)).not.toThrow();
  expect(() => parse("clients: [{ name: Worker, app_type: spa }]", broken)).not.toThrow();
});

test("a YAML error is told with the overlay's line", () => {
  expect(() => parse("roles:\n- name: [\n")).toThrow(/environments\/eu\.yaml:\d/);
});
