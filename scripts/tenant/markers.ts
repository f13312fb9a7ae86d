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
 * What looks like a marker in the place of a value, but has a blank, a quote or a bracket in its name: a comment to YAML, so that
 * the value would be nothing. Lines count from 1.
 */
export function findMisnamed(text: string): readonly { readonly marker: string; readonly line: number }[] {
  return text.split("\n").flatMap((line, index) => {
    const marker = /^(?:\s*-|[^#]*:)\s+(?:##\S+##\s+)*(##(?!\s)[^\n]*[^\s#]##)\s*$/.exec(line)?.[1];
    return marker === undefined || findMarkers(marker)[0]?.marker === marker ? [] : [{ marker, line: index + 1 }];
  });
}
