import type { instants } from "./parameters.ts";

/** Whether a list that was asked for this value has the record: without such a filter, yes. */
export const fits = <T>(value: T | null | undefined, asked: T | undefined): boolean =>
  asked === undefined || value === asked;

/** Whether an instant is in the range that a list was asked for; without one, yes. */
export function isWithin(at: number, within: ReturnType<typeof instants> | undefined): boolean {
  return (
    at > (within?.gt ?? -1) &&
    at >= (within?.gte ?? 0) &&
    at < (within?.lt ?? Number.POSITIVE_INFINITY) &&
    at <= (within?.lte ?? Number.POSITIVE_INFINITY)
  );
}
