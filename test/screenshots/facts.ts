/** What stays the same from one run to the next: times, ids, ports and durations do not. */
const MOVING: readonly (readonly [RegExp, string])[] = [
  [/cus_\w+/g, "cus_…"],
  [/auth0\|\w+/g, "auth0|…"],
  [/[\d,.]+ m?s\b/g, "… ms"],
  [/\d+ calls/g, "… calls"],
  [/\b\d{1,2}\/\d{1,2}\/\d{4}, [\d:]+ [AP]M/g, "…"],
  [/\b\d\d:\d\d:\d\d\b/g, "…"],
  [/(localhost|127\.0\.0\.1):\d+/g, "$1:…"],
];

/** A picture's words, a line each. */
export function listFacts(text: string): readonly string[] {
  const still = MOVING.reduce((known, [pattern, instead]) => known.replaceAll(pattern, instead), text);
  return still
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "");
}
