import { stripVTControlCharacters } from "node:util";

/** A terminal has 80 columns at the least. */
export const TERMINAL_WIDTH = 80;

/** Columns that a text takes; colours count for nothing. */
export const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

/** Words, or items of a list, in lines of at most so many columns. One that is longer gets a line of its own. */
export function wrap(items: readonly string[], width: number, separator = " "): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const longer = last === undefined ? item : `${last}${separator}${item}`;
    if (last === undefined || widthOf(longer) > width) lines.push(item);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(`${separator.trimEnd()}\n`);
}

/** Each line of a text in lines of at most so many columns, which begin where it does; those that are longer at their blanks. */
export const foldLines = (text: string, width = TERMINAL_WIDTH): string =>
  text
    .split("\n")
    .map((line) => {
      const indent = /^ */.exec(line)?.[0] ?? "";
      if (widthOf(line) <= width) return line;
      return wrap(line.slice(indent.length).split(" "), width - indent.length).replace(/^/gm, indent);
    })
    .join("\n");
