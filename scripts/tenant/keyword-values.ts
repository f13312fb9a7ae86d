import { usageError } from "../command.ts";
import { isKeywordName } from "./markers.ts";
import type { Environment } from "./read-environment.ts";
import { refuseLines } from "./refusal.ts";
import { isMapping } from "./shape.ts";

export type KeywordValue =
  /** Of a variable: always text. */
  | { readonly kind: "text"; readonly text: string }
  /** Of AUTH0_KEYWORD_REPLACE_MAPPINGS: any value that JSON has. */
  | { readonly kind: "json"; readonly value: unknown };

export type FindKeywordValue = (name: string) => KeywordValue | undefined;

const MAPPINGS = "AUTH0_KEYWORD_REPLACE_MAPPINGS";

/**
 * Where keywords get their values: AUTH0_KEYWORD_REPLACE_MAPPINGS first, then the variable of that name. An empty variable counts
 * as none: that is what CI systems hand over for a secret that they do not have.
 *
 * @throws {CommandError} TENANT_KEYWORD_NAME, KEYWORD_MAPPINGS_MALFORMED; the Deploy CLI drops all mappings without a word there
 */
export function readKeywordValues(environment: Environment): FindKeywordValue {
  const mappings = parseMappings(environment[MAPPINGS]);
  return (name) => {
    // Own members only: ##constructor## is a name like any other.
    if (Object.hasOwn(mappings, name)) return toKeywordValue(mappings[name]);
    const text = Object.hasOwn(environment, name) ? environment[name] : undefined;
    return text === undefined || text === "" ? undefined : { kind: "text", text };
  };
}

/** As it stands in a text; undefined for a list or a mapping, which has no one form there. */
export function toText(value: KeywordValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "text") return value.text;
  return typeof value.value === "object" && value.value !== null ? undefined : String(value.value);
}

function toKeywordValue(value: unknown): KeywordValue {
  return typeof value === "string" ? { kind: "text", text: value } : { kind: "json", value };
}

function parseMappings(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined || text === "") return {};
  const value = parseJson(text);
  if (isMapping(value)) {
    checkNames(Object.keys(value));
    return value;
  }
  // The parser's message repeats the text, which may hold secrets.
  throw usageError(
    "KEYWORD_MAPPINGS_MALFORMED",
    `${MAPPINGS} is not a JSON object such as {"NAME": "value", "LIST": ["a", "b"]}. Correct it, or unset it.`,
  );
}

function checkNames(names: readonly string[]): void {
  const refused = names.filter((name) => !isKeywordName(name));
  if (refused.length === 0) return;
  throw refuseLines(
    "TENANT_KEYWORD_NAME",
    `${MAPPINGS} has names that are not read as keywords`,
    refused.map((name) => JSON.stringify(name)),
    "A name has no blanks, quotes, brackets, # or @.",
  );
}

/** The value of a text by JSON's grammar; undefined when it is not JSON or a number that JavaScript cannot hold exactly. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "number") return value;
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : undefined;
  } catch {
    return undefined;
  }
}
