import { type Marker, replaceMarkers } from "./markers.ts";

/**
 * A text in which every marker is a word that means nothing to YAML. To YAML `##NAME##` without quotes is a comment and
 * `@@NAME@@` an error; with a word in its place the parser sees a value, and no value of a variable ever passes through it.
 */
export interface Tokenised {
  readonly text: string;
  /** Cuts a text that the parser answered into what was written and the markers that stood there. */
  readonly split: (text: string) => readonly (string | Marker)[];
  /** With the markers back in it: for messages. */
  readonly restore: (text: string) => string;
}

export function tokenise(text: string): Tokenised {
  const prefix = chooseUnusedWord(text);
  const found: Marker[] = [];
  const tokenised = replaceMarkers(text, (marker) => `${prefix}${found.push(marker) - 1}z`);
  const token = new RegExp(`${prefix}(\\d+)z`, "g");
  // Every second part is what the group matched: the marker's number.
  const partAt = (part: string, index: number): string | Marker =>
    (index % 2 === 0 ? part : found[Number(part)]) ?? part;
  const split = (answered: string): readonly (string | Marker)[] =>
    answered
      .split(token)
      .map(partAt)
      .filter((part) => part !== "");
  const restore = (answered: string): string =>
    split(answered)
      .map((part) => (typeof part === "string" ? part : part.marker))
      .join("");
  return { text: tokenised, split, restore };
}

function chooseUnusedWord(text: string): string {
  for (let word = "zmarker"; ; word += "q") if (!text.includes(word)) return word;
}
