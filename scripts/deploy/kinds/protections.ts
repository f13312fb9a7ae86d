import type { Change, Warning } from "../plan/change.ts";

/** A setting that protects people, or lets them in. */
export interface Protection {
  /** As a plan has it. */
  readonly path: RegExp;
  /** Whether this change of it weakens the one, or closes the other. */
  isLost(before: unknown, after: unknown): boolean;
  readonly code: "PROTECTION_WEAKENED" | "ACCESS_CLOSED";
  /** What follows from it. */
  readonly means: string;
}

export const weakens = (path: RegExp, isLost: Protection["isLost"], means: string): Protection => ({
  path,
  isLost,
  code: "PROTECTION_WEAKENED",
  means,
});
export const closes = (path: RegExp, isLost: Protection["isLost"], means: string): Protection => ({
  path,
  isLost,
  code: "ACCESS_CLOSED",
  means,
});

/** Auth0 leaves out a flag that is off. */
export const isSwitchedOn: Protection["isLost"] = (before, after) => before !== true && after === true;
export const isSwitchedOff: Protection["isLost"] = (before, after) => before === true && after !== true;
export const isEmptied: Protection["isLost"] = (before, after) =>
  listOf(before).length > 0 && Array.isArray(after) && after.length === 0;
export const becomes =
  (value: unknown): Protection["isLost"] =>
  (before, after) =>
    before !== value && after === value;
/** A list gets one of these. */
export const gains =
  (...values: readonly string[]): Protection["isLost"] =>
  (before, after) =>
    values.some((value) => listOf(after).includes(value) && !listOf(before).includes(value));
/** A list gets a text like this. */
export const gainsLike =
  (pattern: RegExp): Protection["isLost"] =>
  (before, after) =>
    listOf(after).some((value) => pattern.test(String(value)) && !listOf(before).includes(value));
/** A list has this no longer. */
export const loses =
  (value: string): Protection["isLost"] =>
  (before, after) =>
    listOf(before).includes(value) && Array.isArray(after) && !after.includes(value);
export const leaves =
  (value: unknown): Protection["isLost"] =>
  (before, after) =>
    before === value && after !== value;
export const grows: Protection["isLost"] = (before, after) => isNumber(before) && isNumber(after) && after > before;
export const shrinks: Protection["isLost"] = (before, after) => grows(after, before);
/** From one of these to an earlier one. */
export const falls =
  (...order: readonly unknown[]): Protection["isLost"] =>
  (before, after) =>
    order.includes(after) && order.indexOf(after) < order.indexOf(before);

const isNumber = (value: unknown): value is number => typeof value === "number";
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What of a thing that is there already protects less, or lets fewer people in, after this. */
export function warnOfProtections(protections: readonly Protection[], changes: readonly Change[]): readonly Warning[] {
  return changes
    .filter(({ operation }) => operation === "update")
    .flatMap(({ type, name, fields }) =>
      fields.flatMap(({ path, before, after }) =>
        protections
          .filter((protection) => protection.path.test(path) && protection.isLost(before, after))
          .map(({ code, means }) => ({ code, message: `${path} of ${type} ${name}: ${means}` })),
      ),
    );
}
