import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "..", name), "utf8"));
const { engines } = read("package.json") as { readonly engines: { readonly node: string } };
const { packages } = read("package-lock.json") as {
  readonly packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
};

const numbersOf = (version: string): number[] => version.split(".").map((part) => Number.parseInt(part, 10) || 0);
const isAtLeast = ([major = 0, minor = 0, patch = 0]: number[], [a = 0, b = 0, c = 0]: number[]): boolean =>
  major * 1e8 + minor * 1e4 + patch >= a * 1e8 + b * 1e4 + c;

/** The part of npm's ranges that packages say their engines in: `18 || ^20.19.0 || >=22`, `6.*`, `14 >=14.17`. */
function allows(range: string, version: number[]): boolean {
  return range.split("||").some((alternative) =>
    alternative
      .trim()
      .replaceAll(/>=\s+/g, ">=")
      .split(/\s+/)
      .every((comparator) => {
        const [, operator = "", from = ""] = /^(>=|\^)?([\d.*x]+)$/.exec(comparator) ?? [];
        if (from === "*") return true;
        if (operator === ">=") return isAtLeast(version, numbersOf(from));
        return version[0] === numbersOf(from)[0] && (operator === "" || isAtLeast(version, numbersOf(from)));
      }),
  );
}

test.each([
  ["18 || 20 || >=22", [20, 19, 0], true],
  [">= 22", [20, 19, 0], false],
  ["^20.20.0 || >=22", [20, 19, 0], false],
  ["6.* || >= 10.*", [20, 19, 0], true],
  [">=16 || 14 >=14.17", [14, 16, 0], false],
])("%s and %j: %s", (range, version, expected) => {
  expect(allows(range, version)).toBe(expected);
});

test("the oldest Node that this project takes is one that every package takes, so that npm ci warns of none", () => {
  const oldest = numbersOf(engines.node.replace(">=", ""));
  const refusing = Object.entries(packages).filter(([, { engines: theirs }]) => !allows(theirs?.node ?? "*", oldest));
  expect(refusing.map(([path, { engines: theirs }]) => `${path}: ${theirs?.node}`)).toEqual([]);
});
