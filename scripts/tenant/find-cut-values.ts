export interface CutValue {
  readonly name: string;
  readonly line: number;
  /** What it ends at: a `#`, or the quote that it begins with. */
  readonly at: string;
}

/** As Node reads one: in quotes up to the next quote of the sort, which may stand lines below, else up to the end of its line. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:(["'`])[\s\S]*?\2([^\n]*)|([^\n]*))/gm;

/**
 * Values of a `.env` text that lose their end: Node takes everything behind a `#` for a comment where there are no quotes, and
 * passes over what stands behind a closing quote. A comment that is written like one loses nobody anything.
 */
export function findCutValues(text: string): readonly CutValue[] {
  return [...text.matchAll(ASSIGNMENT)].flatMap(({ index, 1: name = "", 2: quote, 3: rest = "", 4: value = "" }) => {
    const at = quote === undefined ? endOfUnquoted(value) : isLost(rest) ? quote : undefined;
    return at === undefined ? [] : [{ name, line: text.slice(0, index).split("\n").length, at }];
  });
}

/** Of one that begins with a quote and has no second, all is taken. */
function endOfUnquoted(value: string): "#" | undefined {
  const at = value.indexOf("#");
  if (at < 0 || /^["'`]/.test(value)) return undefined;
  const isComment = isBlank(value[at - 1]) && (isBlank(value[at + 1]) || value[at + 1] === "#");
  return isComment ? undefined : "#";
}

const isLost = (rest: string): boolean => !/^\s*$|^\s+#/.test(rest);

const isBlank = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
