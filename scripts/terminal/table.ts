import { foldLines, TERMINAL_WIDTH, widthOf } from "./wrap.ts";

type Rows = readonly (readonly string[])[];

const GAP = "  ";

/** Columns below a header; empty without rows. */
export function renderTable(header: readonly string[], rows: Rows, width = TERMINAL_WIDTH): string {
  return rows.length === 0 ? "" : renderColumns([header, ...rows], width);
}

/**
 * Columns as wide as their widest cell, two spaces apart; colours count for nothing. A cell may have several lines: they
 * stand below each other. Where that takes more than a terminal has, the widest columns are folded at their blanks.
 */
export function renderColumns(rows: Rows, width = TERMINAL_WIDTH): string {
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ""));
  const widths = chooseWidths(
    columns.map((cells) => widestOf(cells, "\n")),
    columns.map((cells) => widestOf(cells, /[ \n]/)),
    width - GAP.length * (columns.length - 1),
  );
  return rows
    .map((row) => row.map((cell, column) => fold(cell, widths[column] ?? 0)))
    .flatMap(splitLines)
    .map((line) =>
      line
        .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}

/** The widest become less wide until all fit, or hold nothing but single words. */
function chooseWidths(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let excess = sum(widths) - room; excess > 0; excess -= 1) {
    const foldable = widths.filter((width, column) => width > (least[column] ?? 0));
    if (foldable.length === 0) break;
    const widest = Math.max(...foldable);
    const column = widths.findIndex((width, index) => width === widest && width > (least[index] ?? 0));
    widths[column] = widest - 1;
  }
  return widths;
}

function splitLines(row: readonly string[]): Rows {
  const cells = row.map((cell) => cell.split("\n"));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ""));
}

const ESCAPE = "\u001b";
const CODES = new RegExp(`${ESCAPE}\\[(\\d+)(?:;\\d+)*m`, "g");
const RESET = `${ESCAPE}[0m`;
/** Ends of what styles began: bold and dim, the other marks, colour and background. */
const isEnd = (code: number): boolean => code === 0 || (code >= 22 && code <= 29) || code === 39 || code === 49;

/** What is painted stays so in each line, and beside none of them. */
function fold(cell: string, width: number): string {
  let open = "";
  return foldLines(cell, width)
    .split("\n")
    .map((line) => {
      const begun = open;
      for (const [style, code] of line.matchAll(CODES)) open = isEnd(Number(code)) ? "" : `${open}${style}`;
      return `${begun}${line}${open === "" ? "" : RESET}`;
    })
    .join("\n");
}

const widestOf = (cells: readonly string[], separator: string | RegExp): number =>
  Math.max(...cells.flatMap((cell) => cell.split(separator).map(widthOf)));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
