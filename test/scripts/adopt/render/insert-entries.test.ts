import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { insertEntries } from "../../../../scripts/adopt/render/insert-entries.ts";
import { parseTenant } from "../../../../scripts/tenant/read-tenant.ts";

const NEW_ROLE = { section: "roles", text: "- name: new\n  description: Added\n" };

test.each([
  ["nothing", "", "roles:\n  - name: new\n    description: Added\n"],
  [
    "another section",
    "# ours\ntenant:\n  friendly_name: A\n",
    "# ours\ntenant:\n  friendly_name: A\n\nroles:\n  - name: new\n    description: Added\n",
  ],
  ["no line end at its end", "roles:\n  - name: old", "roles:\n  - name: old\n  - name: new\n    description: Added\n"],
  [
    "a list that is not indented, and comments",
    "roles: # who\n- name: old # first\n  # why\n\n# next\ntenant:\n  friendly_name: A\n",
    "roles: # who\n- name: old # first\n- name: new\n  description: Added\n  # why\n\n# next\ntenant:\n  friendly_name: A\n",
  ],
  [
    "a list that is deeply indented",
    "roles:\n      - name: old\ntenant: {}\n",
    "roles:\n      - name: old\n      - name: new\n        description: Added\ntenant: {}\n",
  ],
  ["an empty list", "roles: [] # none yet\n", "roles: # none yet\n  - name: new\n    description: Added\n"],
  ["nothing behind the colon", "roles:\ntenant: {}\n", "roles:\n  - name: new\n    description: Added\ntenant: {}\n"],
  [
    "a block of text at the end of the list",
    "roles:\n  - name: old\n    description: |\n      two\n      lines\ntenant: {}\n",
    "roles:\n  - name: old\n    description: |\n      two\n      lines\n  - name: new\n    description: Added\ntenant: {}\n",
  ],
  [
    "keywords of every form",
    'roles:\n  - name: ##OLD##\n    description: "@@TEXT@@"\nclients: @@CLIENTS@@ # all\n',
    'roles:\n  - name: ##OLD##\n    description: "@@TEXT@@"\n  - name: new\n    description: Added\nclients: @@CLIENTS@@ # all\n',
  ],
  [
    "Windows' line ends",
    "roles:\r\n  - name: old\r\ntenant: {}\r\n",
    "roles:\r\n  - name: old\r\n  - name: new\r\n    description: Added\r\ntenant: {}\r\n",
  ],
])("adds an entry to a file with %s, and changes nothing else", (_, before, after) => {
  expect(insertEntries(before, [NEW_ROLE])).toEqual({ text: after, refused: [] });
  const { document } = parseTenant(after, "tenant.yaml");
  expect(document.roles?.at(-1)).toEqual({ name: "new", description: "Added" });
});

test.each([
  ["in brackets", "roles: [{ name: old }]\n"],
  ["an alias", "tenant: &all { a: 1 }\nroles: *all\n"],
  ["a keyword", "roles: @@ROLES@@\n"],
])("says which section it cannot add to: a list that is %s", (_, text) => {
  expect(insertEntries(text, [NEW_ROLE])).toEqual({ text, refused: ["roles"] });
});

test("adds several sections, each at its place or at the end", () => {
  const before = "triggers:\n  post-login:\n    - action_name: a\n# last\n";
  const { text } = insertEntries(before, [
    { section: "triggers", text: "credentials-exchange:\n  - action_name: b\n" },
    NEW_ROLE,
    { section: "branding", text: "logo_url: https://shop.example/logo.png\n" },
  ]);
  expect(parse(text)).toEqual({
    triggers: { "post-login": [{ action_name: "a" }], "credentials-exchange": [{ action_name: "b" }] },
    roles: [{ name: "new", description: "Added" }],
    branding: { logo_url: "https://shop.example/logo.png" },
  });
  expect(text).toContain("# last\n");
});

test.each([
  [
    "at the end of a list in it",
    "triggers:\n  post-login:\n    - a: 1 # first\n  other:\n    - b: 1\n",
    "    - a: 1 # first\n    - c: 1\n  other:",
  ],
  ["in an empty list", "triggers:\n  post-login: []\n  other: []\n", "  post-login:\n    - c: 1\n  other: []"],
])("adds to a section's member %s", (_case, text, expected) => {
  const inserted = insertEntries(text, [{ section: "triggers", member: "post-login", text: "- c: 1\n" }]);
  expect(inserted.refused).toEqual([]);
  expect(inserted.text).toContain(expected);
});

test("refuses a member that stands in brackets", () => {
  const text = "triggers:\n  post-login: [{ a: 1 }]\n";
  const inserted = insertEntries(text, [{ section: "triggers", member: "post-login", text: "- c: 1\n" }]);
  expect(inserted).toEqual({ text, refused: ["triggers"] });
});
