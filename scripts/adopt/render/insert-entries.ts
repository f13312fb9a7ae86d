import { isCollection, isMap, isNode, isPair, isScalar, isSeq, type Pair, parseDocument } from "yaml";
import { tokenise } from "../../tenant/tokens.ts";

/** Lines for a section of tenant.yaml, in block style and not indented. */
export interface SectionLines {
  readonly section: string;
  /** Of the section's object, where the lines belong to a list in it: `post-login` of the triggers. */
  readonly member?: string;
  /** Of a list, or of one object's or the triggers' members. */
  readonly text: string;
}

export interface Insertion {
  readonly text: string;
  /** Sections that stand in a form to which no lines can be added: in brackets, or by an alias. */
  readonly refused: readonly string[];
}

/**
 * The text of a tenant file with these lines at the ends of their sections; what stands in it already stays as it is, to the byte.
 * Sections that it does not have come last.
 */
export function insertEntries(text: string, added: readonly SectionLines[]): Insertion {
  const tokens = tokenise(text);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = added.map((one) => ({ ...one, text: one.text.replaceAll("\n", lineEnd) }));
  const refused: string[] = [];
  let rest = tokens.text;
  const missing: SectionLines[] = [];
  for (const one of lines) {
    // Read anew: what was inserted moved the places of everything behind it.
    const document = parseDocument(rest, { merge: true });
    const section = findPair(document.contents, one.section);
    const pair = one.member === undefined ? section : findPair(section?.value, one.member);
    if (pair === undefined) missing.push(one);
    else {
      const inserted = insertInto(rest, pair, one.text, lineEnd);
      if (inserted === undefined) refused.push(one.section);
      else rest = inserted;
    }
  }
  const appended = missing.reduce((before, one) => appendSection(before, one, lineEnd), rest);
  return { text: tokens.restore(appended), refused };
}

function findPair(map: unknown, name: string): Pair | undefined {
  return isMap(map) ? map.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined;
}

function appendSection(before: string, { section, text }: SectionLines, lineEnd: string): string {
  const gap = before.trim() === "" ? "" : lineEnd;
  return `${endLine(before, lineEnd)}${gap}${section}:${lineEnd}${indent(text, 2)}`;
}

function insertInto(text: string, { key, value }: Pair, lines: string, lineEnd: string): string | undefined {
  if (!isNode(key) || !isNode(value) || !key.range) return undefined;
  const start = value.range?.[0] ?? key.range[1];
  if (isNothing(value)) {
    // `[]`, or nothing: what stands behind the colon makes room.
    const [from, to] = isCollection(value) && value.range ? value.range : [start, start];
    const emptied = text.slice(0, from).trimEnd() + text.slice(to);
    return insertAfterLine(emptied, key.range[1], indent(lines, columnOf(text, key.range[0]) + 2), lineEnd);
  }
  if (!(isSeq(value) || isMap(value)) || value.flow === true || !value.range) return undefined;
  return insertAfterLine(text, endOf(value), indent(lines, columnOf(text, start)), lineEnd);
}

/** Where a node's last value ends: the node itself takes the comments behind it along, which may be about what follows. */
function endOf(node: unknown): number {
  if (isPair(node)) return Math.max(endOf(node.key), endOf(node.value));
  const last = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
  if (last !== undefined) return endOf(last);
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

const isNothing = (value: unknown): boolean =>
  (isScalar(value) && value.value === null) || (isCollection(value) && value.flow === true && value.items.length === 0);

function insertAfterLine(text: string, offset: number, lines: string, lineEnd: string): string {
  // The lines of a block text end with their line.
  const end = text[offset - 1] === "\n" ? offset : text.indexOf("\n", offset) + 1;
  if (end === 0) return `${endLine(text, lineEnd)}${lines}`;
  return text.slice(0, end) + lines + text.slice(end);
}

const endLine = (text: string, lineEnd: string): string =>
  text === "" || text.endsWith("\n") ? text : `${text}${lineEnd}`;

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf("\n", offset - 1) + 1);

/** Other signs that end a line to JavaScript (U+2028) may stand in the middle of a text. */
const indent = (text: string, columns: number): string =>
  text.replace(/(^|\n)(?=[^\r\n])/g, (start) => start + " ".repeat(columns));
