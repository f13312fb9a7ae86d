import type { Query } from "./endpoint.ts";
import { ManagementError } from "./error.ts";
import type { JsonSchema } from "./validation.ts";

/** Query parameters of Auth0's page style. */
export const PAGE_QUERY: Readonly<Record<string, JsonSchema>> = {
  page: { type: "integer", minimum: 0, description: "Page index of the results to return. First page is 0." },
  per_page: { type: "integer", minimum: 0, maximum: 100, description: "Number of results per page." },
  include_totals: {
    type: "boolean",
    description: "Return results inside an object that contains the total result count.",
  },
};

/** Query parameters of Auth0's checkpoint style; it and the page style share endpoints. */
export const CHECKPOINT_QUERY: Readonly<Record<string, JsonSchema>> = {
  from: { type: "string", description: "Optional Id from which to start selection." },
  take: { type: "integer", minimum: 1, maximum: 100, description: "Number of results per page." },
};

interface Page<T> {
  readonly rows: readonly T[];
  readonly start: number;
  readonly limit: number;
}

/** The page asked for; 50 rows where the request names no size. */
export function slicePage<T>(items: readonly T[], query: Query, defaultSize = 50): Page<T> {
  const limit = typeof query.per_page === "number" ? query.per_page : defaultSize;
  const start = (typeof query.page === "number" ? query.page : 0) * limit;
  return { rows: items.slice(start, start + limit), start, limit };
}

/**
 * A list in the envelope that the query asks for: checkpoint with `take` (which wins over `include_totals`), totals
 * with `include_totals=true`, else a bare array.
 */
export function renderList<T>(key: string, items: readonly T[], query: Query, last: LastPage = "has-rows"): unknown {
  if (query.take !== undefined || query.from !== undefined) return renderCheckpoint(key, items, query, last);
  const { rows, start, limit } = slicePage(items, query);
  if (query.include_totals !== true) return rows;
  return { total: items.length, start, limit, [key]: rows };
}

/** Which page has no `next`: the last one with rows, or an empty one after it. */
type LastPage = "has-rows" | "is-empty";

function renderCheckpoint<T>(key: string, items: readonly T[], query: Query, last: LastPage): unknown {
  const take = typeof query.take === "number" ? query.take : 50;
  const start = query.from === undefined || query.from === "" ? 0 : readCheckpoint(String(query.from));
  const rows = items.slice(start, start + take);
  const end = start + rows.length;
  const isLast = last === "is-empty" ? rows.length === 0 : end >= items.length;
  return {
    [key]: rows,
    ...(!isLast && { next: Buffer.from(`at:${end}`).toString("base64url") }),
  };
}

function readCheckpoint(from: string): number {
  const match = /^at:(\d+)$/.exec(Buffer.from(from, "base64url").toString());
  if (match === null)
    throw new ManagementError(400, "The 'from' parameter is not a valid checkpoint.", "invalid_query_string");
  return Number(match[1]);
}

/**
 * The `fields` and `include_fields` query: a comma list of fields to keep, or with `include_fields=false` to leave out.
 *
 * @param always fields that are kept beside those asked for
 */
export function selectFields<T extends object>(record: T, query: Query, always: readonly string[] = []): Partial<T> {
  if (typeof query.fields !== "string" || query.fields === "") return record;
  const named = new Set(query.fields.split(",").map((field) => field.trim()));
  const keep = query.include_fields !== false;
  if (keep) for (const name of always) named.add(name);
  return Object.fromEntries(Object.entries(record).filter(([key]) => named.has(key) === keep)) as Partial<T>;
}

export const FIELDS_QUERY: Readonly<Record<string, JsonSchema>> = {
  fields: { type: "string", description: "Comma-separated list of fields to include or exclude in the result." },
  include_fields: {
    type: "boolean",
    description: "Whether specified fields are to be included (true) or excluded (false).",
  },
};
