import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { CommandError } from "../../../scripts/command.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";
import { checkProperty } from "../../support/check-property.ts";

const TEXT = `actions:
  - name: "greet"
    code: ./dist/greet.js # the build's
    supported_triggers: [{ id: post-login, version: v3 }]
clients:
  - &spa { name: App, callbacks: [ @@URL@@, "##SPA##/in" ], oidc_conformant: true }
  - { <<: *spa, name: 'Other' }
tenant:
  session_lifetime: 24
  friendly_name: >-
    A name
      of two lines
`;
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "\n",
      "  ",
      "\t",
      ": ",
      "- ",
      "? ",
      "#",
      "&a ",
      "*a",
      "!!str ",
      "!x ",
      "|",
      ">",
      "'",
      '"',
      "{",
      "}",
      "[",
      "]",
      ",",
    ],
    ...[
      "@@A@@",
      "##A##",
      "@@",
      "null",
      "~",
      "yes",
      "1e3",
      "0o7",
      "<<: ",
      "---\n",
      "...\n",
      "%YAML 1.1\n",
      "\0",
      "\ufeff",
      "\u2028",
    ],
    ...["actions:", "clients:", "__proto__:", "constructor:", "name: "],
  ),
  fc.string({ unit: "grapheme" }),
);

/** Refused by name and place, or read: nothing else may come of a file. */
function check(text: string): void {
  try {
    const { document, locate } = parseTenant(text, "project/tenant.yaml");
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
    for (const key of Object.keys(document)) expect(locate([key])).toMatch(/^tenant\.yaml:\d+$/);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    expect(error.code).toMatch(/^TENANT_/);
    expect(error.message).toMatch(/tenant\.yaml/);
  }
}

test("a tenant file that is changed anywhere is read, or refused with a code and its name", async () => {
  const change = fc.tuple(fc.nat(TEXT.length), fc.nat(12), piece);
  await checkProperty(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      check(changes.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), TEXT));
    }),
    { runs: 200, seed: 1 },
  );
});

test("a tenant file of any text is read, or refused with a code and its name", async () => {
  await checkProperty(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => check(pieces.join(""))),
    {
      runs: 200,
      seed: 1,
      rows: [[["\ufeff"]], [["? ", "*a"]], [["clients:", "\n", "- ", "<<: ", "null"]], [["!!str ", "<<: "]]],
    },
  );
});
