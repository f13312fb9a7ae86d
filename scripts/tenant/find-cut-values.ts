export interface CutValue {
  readonly name: string;
  readonly line: number;
}

/** A quoted value, which may have several lines: a `#` in it is part of it. */
const QUOTED = /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(["'`])[\s\S]*?\1/gm;
const UNQUOTED = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*([^"'`\s][^\n]*)/;

/**
 * Values of a `.env` text that lose their end: Node takes everything behind a `#` for a comment where there are no quotes. A
 * comment that is written like one, with blanks on both sides, loses nobody anything.
 */
export function findCutValues(text: string): readonly CutValue[] {
  const withoutQuoted = text.replace(QUOTED, (value) => value.replace(/[^\n]/g, " "));
  return withoutQuoted.split("\n").flatMap((line, index) => {
    const [, name, value] = UNQUOTED.exec(line) ?? [];
    return name !== undefined && value !== undefined && isCut(value) ? [{ name, line: index + 1 }] : [];
  });
}

function isCut(value: string): boolean {
  const at = value.indexOf("#");
  if (at < 0) return false;
  const isComment = isBlank(value[at - 1]) && (isBlank(value[at + 1]) || value[at + 1] === "#");
  return !isComment;
}

const isBlank = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
