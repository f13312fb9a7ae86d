import { type FindKeywordValue, toText } from "../keyword-values.ts";
import { findMarkers, type Marker } from "../markers.ts";

export interface FilledFile {
  readonly text: string;
  /** What stands in it as a marker and has no value that can be put there. */
  readonly left: readonly { readonly marker: Marker; readonly line: number }[];
  readonly keywords: readonly (Marker & { readonly line: number })[];
}

/** `'@@NAME@@'` and `"@@NAME@@"` are replaced with their quotes: the value brings its own. */
const QUOTED = /(['"])(@@[^@]+@@)\1/g;

/** Lower-case names between at signs are Auth0's own in templates (`@@password@@`); of ours none was ever without capitals. */
const looksForgotten = ({ name }: Marker): boolean => /^[A-Z][A-Z0-9_-]*$/.test(name);

/**
 * A file that is text to us (a script, a page) with its keywords replaced as the Deploy CLI does: `##NAME##` by the value as it
 * is, `@@NAME@@` by the value as JSON.
 */
export function fillFile(text: string, find: FindKeywordValue): FilledFile {
  const keywords = findMarkers(text).map((marker) => ({ ...marker, line: lineOf(text, marker.index) }));
  const isFilled = (marker: Marker): boolean => replacementOf(marker, find) !== undefined;
  const bare = text.replace(QUOTED, (all, _quote, inner: string) => {
    const [marker] = findMarkers(inner);
    return marker !== undefined && marker.marker === inner && isFilled(marker) ? inner : all;
  });
  let filled = "";
  let end = 0;
  for (const marker of findMarkers(bare)) {
    filled += bare.slice(end, marker.index) + (replacementOf(marker, find) ?? marker.marker);
    end = marker.index + marker.marker.length;
  }
  return {
    text: filled + bare.slice(end),
    left: keywords
      .filter((marker) => !isFilled(marker) && looksForgotten(marker))
      .map((marker) => ({ marker, line: marker.line })),
    keywords: keywords.filter((marker) => isFilled(marker) || looksForgotten(marker)),
  };
}

function replacementOf({ name, marker }: Marker, find: FindKeywordValue): string | undefined {
  const value = find(name);
  if (value === undefined) return undefined;
  if (marker.startsWith("##")) return toText(value);
  return JSON.stringify(value.kind === "text" ? value.text : value.value);
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;
