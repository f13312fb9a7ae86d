import { expect, test } from "@jest/globals";
import { selectSections } from "../../../scripts/adopt/select-sections.ts";

test("without a choice all sections are adopted that a plan compares", () => {
  const all = selectSections({});
  expect(all).toEqual(expect.arrayContaining(["tenant", "clients", "actions", "triggers", "connections", "forms"]));
  for (const left of ["rules", "hooks", "guardianFactorProviders"]) expect(all).not.toContain(left);
});

test.each([
  ["these alone", { only: "roles, clients" }, ["clients", "roles"]],
  ["these but for one", { only: "roles,clients", except: "roles" }, ["clients"]],
])("or %s, in the order of writing", (_, selection, sections) => {
  expect(selectSections(selection)).toEqual(sections);
});

test("or all but some", () => {
  expect(selectSections({ except: "prompts,forms" })).toHaveLength(selectSections({}).length - 2);
});

test.each([
  ["a misspelt section", { only: "client" }, "SECTION_UNKNOWN", /did you mean clients\?/],
  ["a retired one", { except: "rules" }, "SECTION_UNKNOWN", /--except names .* rules/],
  ["an empty name", { only: "roles," }, "SECTION_UNKNOWN", /an empty name/],
  ["nothing that is left", { only: "roles", except: "roles" }, "USAGE", /leave no section/],
])("refuses %s", (_, selection, code, message) => {
  expect(() => selectSections(selection)).toThrow(
    expect.objectContaining({ code, exitCode: 2, message: expect.stringMatching(message) }),
  );
});
