import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deviation } from "./deviations.ts";

export interface Cell {
  readonly text: string;
  readonly isDeviation: boolean;
}

export interface Table {
  /** What the comments around it in the document call it. */
  readonly about: string;
  /** What the first column holds. */
  readonly asked: string;
  /** Stands above what deviates. */
  readonly heading: string;
  readonly rows: readonly { readonly name: string; readonly status: readonly number[] }[];
  readonly gateways: readonly { readonly name: string }[];
  /** By gateway and row, with a line break between. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** Gateways that could not run. */
  readonly skipped: ReadonlyMap<string, string>;
  readonly deviations: readonly Deviation[];
}

const file = join(import.meta.dirname, "../../docs/gateways.md");

/**
 * The table as docs/gateways.md has it, and as this run has it. A gateway that could not run keeps the column that was
 * committed. With UPDATE_TABLE=1 (--update) the document is written first.
 */
export async function readDocumentedTable(table: Table): Promise<{ documented: string; found: string }> {
  const text = await readFile(file, "utf8");
  const begin = `<!-- table of ${table.about}: begin (npm run test:gateways -- --update) -->`;
  const end = `<!-- table of ${table.about}: end -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${file} has no place for the table: put these two lines into it.\n${begin}\n${end}`);
  const documented = text.slice(from + begin.length, to).trim();
  const found = renderTable(table, documented);
  if (process.env.UPDATE_TABLE !== "1") return { documented, found };
  await writeFile(file, `${text.slice(0, from + begin.length)}\n\n${found}\n\n${text.slice(to)}`);
  return { documented: found, found };
}

/** Markdown. Deviations are in bold, and named below. */
function renderTable(
  { asked: first, heading, rows, gateways, cells, skipped, deviations }: Table,
  documented: string,
): string {
  const header = [first, "right", ...gateways.map(({ name }) => name)];
  const lines = rows.map(({ name, status }) => [
    name,
    status.join(" or "),
    ...gateways.map((gateway) => {
      if (skipped.has(gateway.name)) return findCell(documented, gateway.name, name) ?? "not run";
      const cell = cells.get(`${gateway.name}\n${name}`) ?? { text: "?", isDeviation: false };
      return cell.isDeviation ? `**${cell.text}**` : cell.text;
    }),
  ]);
  return [
    renderLine(header),
    renderLine(header.map((_, column) => (column === 0 ? "---" : ":---:"))),
    ...lines.map(renderLine),
    "",
    heading,
    "",
    ...deviations.map(
      ({ gateways: names, rows: asked, cell, why, safeSide }) =>
        `- ${names.join("; ")}: ${asked.join("; ")}: **${cell}**. Why: ${why}. Safe side: ${safeSide}.`,
    ),
  ].join("\n");
}

const renderLine = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const splitLine = (line: string): readonly string[] => line.slice(2, -2).split(" | ");

function findCell(documented: string, gateway: string, row: string): string | undefined {
  const [header = "", ...lines] = documented.split("\n");
  const column = splitLine(header).indexOf(gateway);
  const line = lines.map(splitLine).find(([name]) => name === row);
  return column < 0 ? undefined : line?.[column];
}
