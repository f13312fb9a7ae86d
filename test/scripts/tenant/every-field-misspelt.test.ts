import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../scripts/command.ts";
import { checkDocument } from "../../../scripts/tenant/check-document.ts";
import type { Path } from "../../../scripts/tenant/shape.ts";
import { parseSource } from "../../../scripts/tenant/source.ts";
import { readEveryKind } from "../../support/every-kind-project.ts";

const source = parseSource("{}", "tenant.yaml");

/** Mappings whose keys are a person's own, or those of somebody whom the SDK does not describe. */
const FREE: readonly RegExp[] = [
  // Attributes have the names that a team gives them.
  /^userAttributeProfiles\.\*\.user_attributes\.\w+$/,
  // Every identity provider has options of its own.
  /^connections\.\*\.options\./,
  // Every service has its own; what a vault connection is set up with is never answered.
  /^flowVaultConnections\.\*\.setup\./,
  // Texts of pages, by language, page and name: 8 MB of names in the Deploy CLI.
  /^prompts\.customText\./,
];

interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** Every key of every mapping, the outermost first. */
function listPlaces(value: unknown, path: Path = []): readonly Place[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => listPlaces(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { path: [...path, key], value: inner },
    ...listPlaces(inner, [...path, key]),
  ]);
}

const nameOf = (path: Path): string => path.map((key) => (typeof key === "number" ? "*" : key)).join(".");

/** The section alone, with another key or another value at the path. */
function change(document: Readonly<Record<string, unknown>>, path: Path, key: string | number, value: unknown): object {
  const [section] = path as readonly [string];
  const copy = structuredClone({ [section]: document[section] }) as Record<string | number, unknown>;
  const owner = path.slice(0, -1).reduce<Record<string | number, unknown>>((outer, step) => {
    return outer[step] as Record<string | number, unknown>;
  }, copy);
  const last = path.at(-1)!;
  if (key !== last) delete owner[last];
  owner[key] = value;
  return copy;
}

function refusalOf(document: object): string | undefined {
  try {
    const { outdated } = checkDocument(document, source);
    return outdated.length > 0 ? outdated.join() : undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

/** The last two letters in each other's place, or one more where they are the same. */
function misspell(name: string): string {
  const slip = name.slice(0, -2) + name.slice(-1) + name.slice(-2, -1);
  return slip === name ? `${name}x` : slip;
}

/** Of another type than Auth0 takes there; nothing behind a section's colon says that it is not managed. */
const replace = (value: unknown): unknown => (typeof value === "string" ? { a: "mapping" } : "a text");

const document = readEveryKind();
const places = listPlaces(document);

describe("of a file with an entry of every kind", () => {
  test("no key at any depth can be misspelt and pass, but where names are free", () => {
    const passing = places.filter(
      ({ path, value }) => refusalOf(change(document, path, misspell(String(path.at(-1))), value)) === undefined,
    );
    const names = passing.map(({ path }) => nameOf(path));
    expect(names.filter((name) => !FREE.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  test("no value can be of another type and pass, but where names are free", () => {
    const passing = places.filter(
      ({ path, value }) => refusalOf(change(document, path, path.at(-1)!, replace(value))) === undefined,
    );
    const names = passing.map(({ path }) => nameOf(path));
    expect(names.filter((name) => !FREE.some((pattern) => pattern.test(name)))).toEqual([
      // A colour, or the two of a gradient.
      "branding.colors.page_background",
    ]);
  });
});
