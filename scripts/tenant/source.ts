import { type Document, isMap, isScalar, LineCounter, parseDocument, type Scalar, visit } from "yaml";
import { checkBothReadings, restorePath } from "./check-both-readings.ts";
import { checkLines, checkScalars } from "./check-keyword-names.ts";
import { isPlaceholder, type Marker } from "./markers.ts";
import { refuseLines } from "./refusal.ts";
import type { Path } from "./shape.ts";
import { type Tokenised, tokenise } from "./tokens.ts";
import { findAliasProblem, listScalars, locateOffset, nameOf, offsetOf, type Part } from "./yaml-tree.ts";

/** A text of the file in which markers stand. */
export interface TextWithMarkers {
  readonly path: Path;
  /** What was written and the markers, in order. */
  readonly parts: readonly (string | Marker)[];
  /** Without quotes a value may become a number, a flag or a list; the lines of a block (`|`, `>`) stay text. */
  readonly style: "plain" | "quoted" | "block";
  readonly isKey: boolean;
}

/** A tenant file as it was parsed, before anything stands in the place of its markers. */
export interface TenantSource {
  /** The file's name, for messages. */
  readonly file: string;
  readonly texts: readonly TextWithMarkers[];
  /** `tenant.yaml:42` for the value at a path, or its key; the nearest enclosing value when the path itself is not there. */
  readonly locate: (path: Path, part?: Part) => string;
  /** The document with what `resolve` answers in the place of each text with markers. */
  readonly read: (resolve: (text: TextWithMarkers) => unknown) => unknown;
}

/**
 * Parses the file's text twice: for values as the Deploy CLI does, and with a parser that knows where each value stands and
 * whether it was quoted. What the two read differently is refused: it would be another value in the hands of the Deploy CLI.
 *
 * @throws {CommandError} TENANT_KEYWORD_NAME, TENANT_NOT_YAML, TENANT_ALIASES_REFUSED or TENANT_AMBIGUOUS, each with its lines
 */
export function parseSource(text: string, file: string): TenantSource {
  checkLines(text, file);
  const tokens = tokenise(text);
  const lines = new LineCounter();
  const place = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const document = parse(tokens, lines, file);
  const aliases = findAliasProblem(document);
  if (aliases !== undefined) {
    throw refuseLines("TENANT_ALIASES_REFUSED", `${file} cannot be read`, [
      `${place(aliases.offset)} ${aliases.message}`,
    ]);
  }
  const locate: TenantSource["locate"] = (path, part = "value") => place(locateOffset(document.contents, path, part));
  checkBothReadings(tokens, () => toValue(document), { file, locate });

  const scalars = listScalars(document);
  checkScalars(scalars, file, place);
  const found = scalars.flatMap(({ scalar, path, isKey }) => {
    const parts = typeof scalar.value === "string" ? tokens.split(scalar.value) : [];
    if (!parts.some((part) => typeof part !== "string")) return [];
    const text = { path: restorePath(tokens, path), parts: keepPlaceholders(parts), style: styleOf(scalar), isKey };
    return [{ scalar, text }];
  });
  return {
    file,
    texts: found.map(({ text }) => text),
    locate,
    read(resolve) {
      for (const { scalar, text } of found) {
        scalar.value = resolve(text);
        if (text.isKey) keepAsText(scalar);
      }
      if (found.some(({ text }) => text.isKey)) checkKeys(document, file, place);
      return toValue(document);
    },
  };
}

function keepPlaceholders(parts: TextWithMarkers["parts"]): TextWithMarkers["parts"] {
  const text = parts.map((part) => (typeof part === "string" ? part : part.marker)).join("");
  return parts.map((part) => (typeof part === "string" || !isPlaceholder(part, text) ? part : part.marker));
}

function parse(tokens: Tokenised, lines: LineCounter, file: string): Document {
  const document = parseDocument(tokens.text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: "error",
  });
  if (document.errors.length === 0) {
    // The Deploy CLI's parser takes `!!str <<` for the text that it is, and merges at a `<<` alone.
    visit(document, { Pair: (_, { key }) => void (isScalar(key) && key.tag !== undefined && keepAsText(key)) });
    return document;
  }
  const written = tokens.text.split("\n");
  // The parser's message is not repeated with its excerpt of the file: a secret may stand there.
  const problems = document.errors.map((error) => {
    const { line } = lines.linePos(error.pos[0]);
    // The parser speaks to who calls it there.
    if (error.code === "MULTIPLE_DOCS")
      return `${file}:${line} a second document begins: a tenant file is one, so take the line out`;
    return `${file}:${line} ${tokens.restore(error.message)}${adviceFor(tokens, written, line)}`;
  });
  throw refuseLines("TENANT_NOT_YAML", `${file} is not valid YAML`, problems);
}

/** A line of its own such as `##ROLES##` is a heading to its author and a value to the Deploy CLI once there is a variable. */
function adviceFor(tokens: Tokenised, written: readonly string[], line: number): string {
  const near = [line - 2, line - 1].map((index) => written[index] ?? "").map(tokens.restore);
  const heading = near.find((text) => /^\s*##\S+##\s*$/.test(text));
  return heading === undefined ? "" : ` (${heading.trim()} is a keyword; a comment needs a blank behind its #)`;
}

/** Two keywords may stand for the same key; YAML's own check came before them. */
function checkKeys(document: Document, file: string, place: (offset: number) => string): void {
  const problems: string[] = [];
  visit(document, (_, node) => {
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const { key } of node.items) {
      const name = nameOf(key);
      if (name !== "<<" && seen.has(name))
        problems.push(`${place(offsetOf(key))} "${name}" stands twice in one mapping`);
      seen.add(name);
    }
  });
  if (problems.length > 0) throw refuseLines("TENANT_KEY_TWICE", `${file} has keys that become the same`, problems);
}

/** Aliases are counted before, by findAliasProblem: here each is the very value that it names. */
const toValue = (document: Document): unknown => document.toJS({ maxAliasCount: -1 });

/** A key that merges nothing, whatever it says: a quoted `<<` is a name. */
function keepAsText(key: Scalar): void {
  key.type = "QUOTE_DOUBLE";
}

function styleOf({ type, tag }: Scalar): TextWithMarkers["style"] {
  // A tag that both parsers take there says that it is text.
  if (type === "PLAIN") return tag === undefined ? "plain" : "quoted";
  return type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE" ? "quoted" : "block";
}
