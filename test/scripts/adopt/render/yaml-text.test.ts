import { expect, test } from "@jest/globals";
import { insertEntries } from "../../../../scripts/adopt/render/insert-entries.ts";
import { renderYaml } from "../../../../scripts/adopt/render/yaml-text.ts";
import { parseTenant } from "../../../../scripts/tenant/read-tenant.ts";

/** What YAML's parsers take for something else, or read differently, when it is not in quotes. */
const HARD = [
  "2026-01-01",
  "2026-02-30",
  "2026-01-01T00:00:00Z",
  "true",
  "Yes",
  "NULL",
  "~",
  "n",
  "0x1F",
  "0b101",
  "1e400",
  "-.5",
  "12:30:00",
  "1_000",
  " blanks ",
  "a: b",
  "a #b",
  "#a",
  "ends with:",
  "- item",
  "? key",
  "[a]",
  "{a}",
  "*alias",
  "&anchor",
  "!tag",
  "%directive",
  "@at",
  "`tick",
  "|",
  ">",
  "'single'",
  '"double"',
  "back\\slash",
  "two\nlines\n",
  "tab\there",
  "\u2028",
  "Grüße 日本語 🙂",
  "",
  "=",
  "<<",
];

test.each(HARD)("a text is read as it was, as a value and as a key: %j", (text) => {
  const entry = { name: "shop", description: text, client_metadata: { [text]: text, list: [text, [text]] } };
  const lines = { section: "clients", text: renderYaml({ value: [entry], path: ["clients"] }) };
  const { document } = parseTenant(insertEntries("", [lines]).text, "tenant.yaml");
  expect(document.clients).toEqual([entry]);
});

test.each([
  ["read:books", "read:books"],
  ["https://shop.example/cb", "https://shop.example/cb"],
  ["Add Email Claim", "Add Email Claim"],
  ["./actions/crm/code.js", "./actions/crm/code.js"],
  ["a@shop.example", "a@shop.example"],
])("a text that nobody could take for something else is not quoted: %s", (text, written) => {
  expect(renderYaml({ value: [text], path: [] })).toBe(`- ${written}\n`);
});

test("what is missing is a comment in its place, ready to be uncommented", () => {
  const value = [
    {
      name: "google-oauth2",
      options: { client_id: "id", scope: ["email"] },
    },
    { name: "crm", secrets: [{ name: "KEY" }] },
    { name: "vault" },
  ];
  const missing = [
    { options: { client_secret: "@@A@@" } },
    { secrets: [{ value: "@@B@@" }] },
    { setup: { type: "BEARER", token: "@@C@@" } },
  ];
  expect(renderYaml({ value, missing, path: ["connections"] })).toBe(`- name: google-oauth2
  options:
    client_id: id
    scope:
      - email
    # client_secret: "@@A@@"
- name: crm
  secrets:
    - name: KEY
      # value: "@@B@@"
- name: vault
  # setup:
  #   type: BEARER
  #   token: "@@C@@"
`);
});
