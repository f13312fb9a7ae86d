import { expect, test } from "@jest/globals";
import { selectSections } from "../../../scripts/adopt/select-sections.ts";

test("without a choice all sections are adopted that a plan compares", () => {
  const all = selectSections({});
  expect(all).toEqual(expect.arrayContaining(["tenant", "clients", "actions", "triggers", "connections", "forms"]));
  for (const left of ["rules", "hooks", "guardianFactorProviders"]) expect(all).not.toContain(left);
});

test("or some alone, in the order of writing", () => {
  expect(selectSections({ only: "roles, clients" })).toEqual(["clients", "roles"]);
});

test("or all but some", () => {
  expect(selectSections({ except: "prompts,forms" })).toHaveLength(selectSections({}).length - 2);
});

test.each([
  ["a misspelt section", { only: "client" }, "SECTION_UNKNOWN", /did you mean clients\?/],
  ["a retired one", { except: "rules" }, "SECTION_UNKNOWN", /--except names .* rules/],
  ["an empty name", { only: "roles," }, "SECTION_UNKNOWN", /an empty name/],
  ["both at once", { only: "roles,clients", except: "roles" }, "USAGE", /--only and --except exclude each other/],
  ["nothing that is left", { except: selectSections({}).join(",") }, "USAGE", /leaves no section/],
])("refuses %s", (_, selection, code, message) => {
  expect(() => selectSections(selection)).toThrow(
    expect.objectContaining({ code, exitCode: 2, message: expect.stringMatching(message) }),
  );
});
