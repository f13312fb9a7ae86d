import type { Query } from "../endpoint.ts";
import { ManagementError } from "../error.ts";

/** By `field:1` or `field:-1`; records without the field come last. Throws 400 for another form. */
export function sortRecords<T extends object>(records: readonly T[], sort: string): readonly T[] {
  const match = /^([\w.]+):(-?1)$/.exec(sort);
  if (match === null) {
    const message = "Query validation error: 'sort' must be a field followed by :1 or :-1";
    throw new ManagementError(400, message, "invalid_query_string");
  }
  const [, field = "", direction] = match;
  const sign = direction === "-1" ? -1 : 1;
  // Newest first among equals: what was written last comes first when dates are the same.
  const ordered = sign === -1 ? records.toReversed() : [...records];
  return ordered.sort((one, other) => compare(read(one, field), read(other, field), sign));
}

/** A search looks no further than its first 1,000 records. Throws 400. */
export function checkDepth({ page, per_page }: Query): void {
  const size = typeof per_page === "number" ? per_page : 50;
  const last = ((typeof page === "number" ? page : 0) + 1) * size;
  if (last > 1_000) {
    throw new ManagementError(
      400,
      "You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation.",
    );
  }
}

function read(record: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, part) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined,
      record,
    );
}

function compare(one: unknown, other: unknown, sign: number): number {
  if (one === other) return 0;
  if (one === undefined || one === null) return 1;
  if (other === undefined || other === null) return -1;
  return (one < other ? -1 : 1) * sign;
}
