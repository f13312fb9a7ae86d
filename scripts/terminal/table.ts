import { stripVTControlCharacters } from "node:util";

/** Columns below a header; empty without rows. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "" : renderColumns([header, ...rows]);
}

/**
 * Columns as wide as their widest cell, two spaces apart; colours count for nothing. A cell may have several lines: they
 * stand below each other.
 */
export function renderColumns(rows: readonly (readonly string[])[]): string {
  const lines = rows.flatMap(splitLines);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function splitLines(row: readonly string[]): readonly (readonly string[])[] {
  const cells = row.map((cell) => cell.split("\n"));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ""));
}

const widthOf = (cell = ""): number => [...stripVTControlCharacters(cell)].length;
