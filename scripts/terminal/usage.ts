import type { Option, Options, Word } from "./options.ts";
import { renderColumns } from "./table.ts";
import { TERMINAL_WIDTH, wrap } from "./wrap.ts";

const INDENT = "  ";

export interface Description {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs, with an empty line between them. */
  readonly about: string;
  readonly options: Options;
  readonly word?: Word;
  /** What stands behind the options: variables, exit codes. */
  readonly notes?: string;
}

/** What `--help` prints. @param call `npm run plan --` */
export function renderUsage(call: string, { about, options, word, notes }: Description): string {
  const forms = Object.entries(options).map(
    ([name, option]) => `[${renderForm(name, option)}]${option.multiple ? "..." : ""}`,
  );
  const label = "Usage: ";
  const usage = wrap([call, ...(word === undefined ? [] : [word.form]), ...forms], TERMINAL_WIDTH - label.length);
  const rows = Object.entries(options).map(([name, option]) => [renderForm(name, option), option.help] as const);
  return [
    label + usage.replaceAll("\n", `\n${" ".repeat(label.length)}`),
    ...renderParagraphs(about),
    ...(rows.length === 0 ? [] : [renderPairs(rows)]),
    ...renderParagraphs(notes ?? ""),
  ].join("\n\n");
}

/** Two columns: names, and what is to be said of each. */
export function renderPairs(rows: readonly (readonly [name: string, text: string])[]): string {
  const width = TERMINAL_WIDTH - 2 * INDENT.length - Math.max(...rows.map(([name]) => name.length));
  return renderColumns(rows.map(([name, text]) => [`${INDENT}${name}`, wrap(text.split(/\s+/), width)]));
}

const renderForm = (name: string, { takes }: Option): string =>
  takes === undefined ? `--${name}` : `--${name} ${takes}`;

function renderParagraphs(text: string): readonly string[] {
  const paragraphs = text.split("\n\n").map((paragraph) => paragraph.split(/\s+/).filter((word) => word !== ""));
  return paragraphs.filter((words) => words.length > 0).map((words) => wrap(words, TERMINAL_WIDTH));
}
