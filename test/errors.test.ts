import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const page = read("docs/errors.md");
const unions = read("scripts/error-codes.ts");

function listSources(area: string): string[] {
  return readdirSync(join(root, area), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${area}/${path}`);
}

const sourcesOf = (area: string): string =>
  listSources(area)
    .filter((path) => path !== "scripts/error-codes.ts")
    .map(read)
    .join("\n");

function listRows(heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const listDocumented = (heading: string): string[] => listRows(heading).map(([code = ""]) => code.replaceAll("`", ""));

function listMembers(union: string): string[] {
  const [, members = ""] = new RegExp(`^export type ${union} =([^;]+);`, "m").exec(unions) ?? [];
  return [...members.matchAll(/"(\w+)"/g)].map(([, code = ""]) => code);
}

describe.each([
  ["ErrorCode", "Commands"],
  ["BuildFindingCode", "Findings of the build"],
  ["ConfigurationFindingCode", "Findings of the configuration"],
  ["PlanWarningCode", "Warnings of a plan"],
])("%s", (union, heading) => {
  const members = listMembers(union);

  test(`is what docs/errors.md has under "${heading}", in the same order: the alphabet's`, () => {
    expect(members.length).toBeGreaterThan(0);
    expect(listDocumented(heading)).toEqual(members);
    expect(members).toEqual([...new Set(members)].sort());
  });

  test("has no code that nothing is refused with", () => {
    const sources = ["scripts", "gateways/metering", "local/auth0/actions/packages"].map(sourcesOf).join();
    expect(members.filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });
});

test("the errors of the gateways are all documented, each with its class", () => {
  const declared = listSources("gateways")
    .flatMap((path) => read(path).split(/^(?:export )?(?=class )/m))
    .map((text) => [/readonly code = "(\w+)"/.exec(text)?.[1], /^class (\w+)/.exec(text)?.[1]] as const)
    .filter(([code]) => code !== undefined);
  const documented = listRows("Errors of the gateways").map((row) =>
    row.slice(0, 2).map((cell) => cell.replaceAll("`", "")),
  );
  expect(declared.length).toBeGreaterThan(0);
  expect(documented).toEqual([...declared].sort());
});

test("every row says when it is met and what to do", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  expect(
    rows.filter((row) =>
      row.split("|").some((cell, index, cells) => index > 0 && index < cells.length - 1 && cell.trim() === ""),
    ),
  ).toEqual([]);
});

test("a comment that names the code of a CommandError names one that there is", () => {
  const named = [...sourcesOf("scripts").matchAll(/@\bthrows \{CommandError\}([^@/]*)/g)].flatMap(([, text = ""]) =>
    [...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([code]) => code),
  );
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((code) => !listMembers("ErrorCode").includes(code))).toEqual([]);
});
