import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { KINDS } from "../../../scripts/deploy/kinds/table.ts";
import { listValues, parseDeclarations } from "../../../scripts/tenant/schema/declarations.ts";
import { deriveNames } from "../../../scripts/tenant/schema/derive-names.ts";
import { deriveFields } from "../../../scripts/tenant/schema/derive-schemas.ts";
import { describeSections } from "../../../scripts/tenant/schema/describe-sections.ts";

const folder = join(import.meta.dirname, "../../../scripts/tenant/schema");
const types = join(createRequire(import.meta.filename).resolve("auth0/package.json"), "../dist/cjs/management/api");
const parse = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, file), "utf8"));

test("the committed fields are what the types of auth0's SDK say of the Deploy CLI's sections", () => {
  const source = ["types/types.d.ts", "requests/requests.d.ts"]
    .map((file) => readFileSync(join(types, file), "utf8"))
    .join("\n");
  const sections = parse("deploy-cli.json");
  const declarations = parseDeclarations(source);
  const derived = {
    ...deriveFields(KINDS, declarations, listValues(source, "ActionTriggerTypeEnum"), sections),
    ...deriveNames(KINDS, declarations, sections),
  };
  expect(JSON.stringify(derived)).toBe(JSON.stringify(parse("fields.json")));
});

test("a constant that is not declared has no values", () => {
  expect(listValues('export declare const Other: {\n    readonly A: "a";\n};', "Missing")).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, object]>([
  ["nothing", {}, {}],
  ["something else", { things: "any" }, {}],
  ["no members", { things: {} }, {}],
  ["members", { things: { properties: { a: { properties: { deep: {} } } } } }, { a: {} }],
])(
  "of a section of which the Deploy CLI says %s the first level is taken, where no more is wanted",
  (_what, cli, own) => {
    const kinds = [{ section: "things", named: { "": { texts: ["name"], isShallow: true } } } as const];
    expect(deriveNames(kinds, new Map(), cli)).toEqual({
      things: { type: ["object", "null"], properties: { ...own, name: { type: ["string", "null"] } } },
    });
  },
);

test("the committed sections are what the table of kinds says of each", () => {
  expect(describeSections(KINDS)).toEqual(parse("sections.json"));
});
