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

test("the committed sections are what the table of kinds says of each", () => {
  expect(describeSections(KINDS)).toEqual(parse("sections.json"));
});
