import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { getRequestSchema } from "../../../../local/auth0/management/request-schemas/get-request-schema.ts";

const root = join(import.meta.dirname, "../../../..");
const code = readdirSync(join(root, "local/auth0"), { recursive: true, encoding: "utf8" })
  // What is stored there is followed by nothing, whatever it is called; what is not implemented even less.
  .filter((file) => file.endsWith(".ts") && !/plain-records|unimplemented/.test(file))
  .map((file) => readFileSync(join(root, "local/auth0", file), "utf8"))
  .join("\n");
const page = readFileSync(join(root, "docs/local-tenant.md"), "utf8");

/** What an application or an operator counts on must not be taken in silence: who reads the page knows what to test elsewhere. */
describe("what no code here so much as names is listed as passed over", () => {
  test.each([
    ["clients", "CreateClientRequestContent", []],
    ["APIs", "CreateResourceServerRequestContent", []],
    ["the tenant", "UpdateTenantSettingsRequestContent", []],
    ["the tenant's flags", "UpdateTenantSettingsRequestContent", ["flags"]],
    ["connections", "CreateConnectionRequestContent", []],
    ["options of connections", "CreateConnectionRequestContent", ["options"]],
    ["client grants", "CreateClientGrantRequestContent", []],
  ])("of %s", (kind, name, path) => {
    const members = path.reduce(membersOf, membersOf(getRequestSchema(name)));
    const unnamed = Object.keys(members).filter((member) => !new RegExp(`\\b${member}\\b`).test(code));
    const listed = new RegExp(`^\\| ${kind} \\| (.*) \\|$`, "m").exec(page)?.[1] ?? "";
    expect([...listed.matchAll(/`(\w+)`/g)].map(([, member]) => member).sort()).toEqual(unnamed.sort());
  });
});

type Members = Readonly<Record<string, unknown>>;

function membersOf(schema: unknown, member?: string): Members {
  const inner = member === undefined ? schema : (schema as Members)[member];
  return (inner as { readonly properties: Members }).properties;
}
