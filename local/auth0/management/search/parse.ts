import { invalid, TokenReader, withoutBackslashes } from "./tokens.ts";

/** One end of a range; `value` undefined is open (`*`). */
export interface Bound {
  readonly value: string | undefined;
  readonly isInclusive: boolean;
}

/** What a search asks for. `field` undefined means any field. */
export type Search =
  | { readonly kind: "and" | "or"; readonly parts: readonly Search[] }
  | { readonly kind: "not"; readonly part: Search }
  | { readonly kind: "exists"; readonly field: string }
  | { readonly kind: "equals"; readonly field: string | undefined; readonly value: string }
  | { readonly kind: "like"; readonly field: string | undefined; readonly pattern: string }
  | { readonly kind: "range"; readonly field: string; readonly from: Bound; readonly to: Bound };

/**
 * Reads Lucene's query syntax as far as Auth0's documentation of user search goes: `field:value`, `"phrases"`,
 * wildcards, ranges, `_exists_`, AND, OR, NOT and brackets. Throws 400 for anything else.
 */
export function parseSearch(query: string): Search {
  const reader = new TokenReader(query);
  const search = readOr(reader, undefined);
  if (reader.peek() !== undefined) throw invalid();
  return search;
}

/** Two clauses side by side are alternatives, as Lucene has it by default. */
function readOr(reader: TokenReader, field: string | undefined): Search {
  const parts = [readAnd(reader, field)];
  while (reader.peek() !== undefined && !reader.isSymbol(")")) {
    reader.take("OR");
    parts.push(readAnd(reader, field));
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "or", parts };
}

function readAnd(reader: TokenReader, field: string | undefined): Search {
  const parts = [readNot(reader, field)];
  while (reader.take("AND") || reader.isWord("NOT")) parts.push(readNot(reader, field));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "and", parts };
}

function readNot(reader: TokenReader, field: string | undefined): Search {
  if (reader.take("NOT")) return { kind: "not", part: readNot(reader, field) };
  return readClause(reader, field);
}

function readClause(reader: TokenReader, field: string | undefined): Search {
  if (reader.isSymbol("(")) {
    reader.next();
    const inner = readOr(reader, field);
    if (!reader.isSymbol(")")) throw invalid();
    reader.next();
    return inner;
  }
  if (reader.isSymbol(":", 1)) {
    const named = reader.next();
    if (field !== undefined || named.type === "symbol") throw invalid();
    reader.next();
    return readValue(reader, named.type === "word" ? withoutBackslashes(named.text) : named.text);
  }
  return readValue(reader, field);
}

function readValue(reader: TokenReader, field: string | undefined): Search {
  if (field !== undefined && reader.isSymbol("(")) return readClause(reader, field);
  if (field !== undefined && (reader.isSymbol("[") || reader.isSymbol("{"))) return readRange(reader, field);
  const token = reader.next();
  if (token.type === "symbol" || ["AND", "OR", "NOT"].includes(token.text)) throw invalid();
  if (field === "_exists_") return { kind: "exists", field: withoutBackslashes(token.text) };
  if (token.type === "quoted") return { kind: "equals", field, value: token.text };
  const comparison = field === undefined ? null : /^(>=|<=|>|<)(.+)$/.exec(token.text);
  if (field !== undefined && comparison !== null) return toComparison(field, comparison[1] ?? "", comparison[2] ?? "");
  if (token.text === "*" && field !== undefined) return { kind: "exists", field };
  const hasWildcard = /(^|[^\\])[*?]/.test(token.text);
  return hasWildcard
    ? { kind: "like", field, pattern: token.text }
    : { kind: "equals", field, value: withoutBackslashes(token.text) };
}

/** `[1 TO 5]` with, `{1 TO 5}` without its ends; `*` is open. */
function readRange(reader: TokenReader, field: string): Search {
  const opening = reader.next().text;
  const from = readEnd(reader);
  if (!reader.take("TO")) throw invalid();
  const to = readEnd(reader);
  const closing = reader.next();
  if (closing.type !== "symbol" || !"]}".includes(closing.text)) throw invalid();
  return {
    kind: "range",
    field,
    from: { value: from, isInclusive: opening === "[" },
    to: { value: to, isInclusive: closing.text === "]" },
  };
}

/** A date's time has colons in it, which are tokens of their own elsewhere. */
function readEnd(reader: TokenReader): string | undefined {
  const { type, text } = reader.next();
  if (type === "symbol") throw invalid();
  let end = text;
  while (reader.isSymbol(":")) {
    reader.next();
    end += `:${reader.next().text}`;
  }
  return type === "word" && end === "*" ? undefined : withoutBackslashes(end);
}

function toComparison(field: string, operator: string, value: string): Search {
  const bound: Bound = { value, isInclusive: operator.endsWith("=") };
  const open: Bound = { value: undefined, isInclusive: true };
  return operator.startsWith(">")
    ? { kind: "range", field, from: bound, to: open }
    : { kind: "range", field, from: open, to: bound };
}
