import { ConsoleError } from "../serving/page.ts";

const YEAR = 31_622_400;

/**
 * By how much a clock is to be moved, in milliseconds.
 *
 * @throws {ConsoleError} CLOCK_STEP_REFUSED
 */
export function readStep(fields: ReadonlyMap<string, string>): number {
  const seconds = Number(fields.get("seconds"));
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= YEAR) return seconds * 1000;
  throw new ConsoleError(400, "CLOCK_STEP_REFUSED", `Send seconds, a whole number from 1 to ${YEAR}.`);
}

/**
 * The fault to switch on; undefined for `none`.
 *
 * @throws {ConsoleError} FAULT_UNKNOWN
 */
export function readFault<Name extends string>(
  fields: ReadonlyMap<string, string>,
  faults: Readonly<Record<Name, unknown>>,
): Name | undefined {
  const given = fields.get("fault");
  const known = (Object.keys(faults) as Name[]).find((name) => name === given);
  if (known !== undefined || given === "none") return known;
  throw new ConsoleError(400, "FAULT_UNKNOWN", `Name a fault: ${Object.keys(faults).join(", ")}, or none.`);
}
