import { findMisnamed, isHalfMarker } from "./markers.ts";
import { refuseLines } from "./refusal.ts";
import { offsetOf, type PlacedScalar } from "./yaml-tree.ts";

/** @throws {CommandError} TENANT_KEYWORD_NAME: to YAML it would be a comment, and the value nothing */
export function checkLines(text: string, file: string): void {
  const misnamed = findMisnamed(text);
  if (misnamed.length === 0) return;
  throw refuseLines(
    "TENANT_KEYWORD_NAME",
    `${file} has what looks like a keyword and is a comment to YAML`,
    misnamed.map(({ marker, line }) => `${file}:${line} ${marker}`),
    "A keyword has two signs on each side, and no blank, quote or bracket: ##TILL_NAME##. A comment needs a blank behind its #.",
  );
}

/** @throws {CommandError} TENANT_KEYWORD_NAME: it would be deployed as it is */
export function checkScalars(scalars: readonly PlacedScalar[], file: string, place: (offset: number) => string): void {
  const half = scalars.filter(({ scalar }) => typeof scalar.value === "string" && isHalfMarker(scalar.value));
  if (half.length === 0) return;
  throw refuseLines(
    "TENANT_KEYWORD_NAME",
    `${file} has keywords that lack a sign`,
    half.map(({ scalar }) => `${place(offsetOf(scalar))} ${scalar.value}`),
    "A keyword has two signs on each side: ##TILL_NAME##. A text of that form may be the value of one.",
  );
}
