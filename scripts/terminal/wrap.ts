/** Words, or items of a list, in lines of at most so many characters. One that is longer gets a line of its own. */
export function wrap(items: readonly string[], width: number, separator = " "): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const longer = last === undefined ? item : `${last}${separator}${item}`;
    if (last === undefined || longer.length > width) lines.push(item);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(`${separator.trimEnd()}\n`);
}
