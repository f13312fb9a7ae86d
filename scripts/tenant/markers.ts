/**
 * A marker of the Deploy CLI: `##NAME##` or `@@NAME@@` (auth0-deploy-cli docs, "Keyword replacement"). Names are free there, so
 * whatever stands between the signs counts, but for blanks, quotes and brackets: headings in comments have those.
 */
const MARKERS = /##([^\s#@"'`(){}[\]<>\\]+)##|@@([^\s#@"'`(){}[\]<>\\]+)@@/g;

export interface Marker {
  readonly name: string;
  /** As written, with its signs. */
  readonly marker: string;
  readonly index: number;
}

/** Every marker in a text, in order: also used on code, where there must be none. */
export function findMarkers(text: string): readonly Marker[] {
  return [...text.matchAll(MARKERS)].map((match) => ({
    name: match[1] ?? match[2] ?? "",
    marker: match[0],
    index: match.index,
  }));
}

/** One pass: what a value brings in is not looked at again, so no value can name another one. */
export function replaceMarkers(text: string, replace: (marker: Marker) => string): string {
  return text.replace(MARKERS, (marker, between: string | undefined, quoted: string | undefined, index: number) =>
    replace({ name: between ?? quoted ?? "", marker, index }),
  );
}

/** A text that is one marker and nothing else. */
export function isWholeMarker(value: unknown): boolean {
  return typeof value === "string" && findMarkers(value)[0]?.marker === value;
}

/** A name of the mappings that no marker can have would be passed over. */
export function isKeywordName(name: string): boolean {
  return isWholeMarker(`##${name}##`);
}

/**
 * What Auth0 itself fills in a template (`@@password@@`): no keyword, because between at signs one is always a whole value. Names
 * of keywords have capitals.
 */
export const isPlaceholder = ({ name, marker }: Marker, text: string): boolean =>
  marker.startsWith("@@") && marker !== text && !/\p{Lu}/u.test(name);

/** Stands for a marker where lines are looked at. */
const MARKER = "\uE000";

/** Behind a colon or a dash, and perhaps markers, what begins with a `#` and has no blank behind it: a comment to YAML. */
const COMMENT = new RegExp(`^(?:\\s*-|[^#]*:)\\s+(?:${MARKER}\\S*\\s+)*(#.*?)\\s*$`);

/** With a blank, a quote or a bracket in the name; with a sign too much before it, or one too few behind it. */
const MISNAMED = new RegExp(`^(?:##(?!\\s).*[^\\s#]##|#+${MARKER}#*|##[A-Z][A-Z0-9_-]+#?)$`);

/**
 * What looks like a marker in the place of a value and is none: a comment to YAML, so that the value would be nothing. Lines count
 * from 1.
 */
export function findMisnamed(text: string): readonly { readonly marker: string; readonly line: number }[] {
  return text.split("\n").flatMap((written, index) => {
    const comment = COMMENT.exec(replaceMarkers(written, () => MARKER))?.[1];
    if (comment === undefined || !MISNAMED.test(comment)) return [];
    const [marker = written.trim()] = /#.*/.exec(written) ?? [];
    return [{ marker: marker.trim(), line: index + 1 }];
  });
}

/** A text that is a marker but for a sign or two, which would be deployed as it is. */
export const isHalfMarker = (text: string): boolean =>
  /^(?:##NAME#?|#?NAME##|@@NAME@?|@?NAME@@)$/.test(text.replace(/[A-Z][A-Z0-9_-]{2,}/, "NAME"));
