import type { LogEntry } from "../state/log-entry.ts";
import type { Tenant } from "../tenant.ts";
import { endpoint, ok, type Query, type Reply, type Resource } from "./endpoint.ts";
import { getOr404 } from "./error.ts";
import { FIELDS_QUERY, PAGE_QUERY, selectFields, slicePage } from "./paging.ts";
import { matchesQuery } from "./search/match.ts";
import { parseSearch } from "./search/parse.ts";
import { checkDepth, sortRecords } from "./search/sort.ts";

export const LOGS_QUERY = {
  ...PAGE_QUERY,
  sort: {
    type: "string",
    description: "Field to use for sorting appended with :1 for ascending and :-1 for descending.",
  },
};

export const logs: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/logs",
    scopes: ["read:logs", "read:logs_users"],
    query: {
      ...LOGS_QUERY,
      ...FIELDS_QUERY,
      q: { type: "string" },
      search: { type: "string" },
      search_engine: { type: "string" },
      from: { type: "string", description: "Log Event Id from which to start selection from." },
      take: { type: "integer", minimum: 1, maximum: 100 },
    },
    handle: ({ query }) => {
      if (query.from !== undefined || query.take !== undefined) return renderCheckpoint(tenant, query);
      const search = query.q ?? query.search;
      const found =
        typeof search === "string" && search !== ""
          ? tenant.logs.entries().filter(matchesQuery(parseSearch(search)))
          : tenant.logs.entries();
      return ok(renderLogPage(found, query));
    },
  }),

  endpoint({
    method: "GET",
    path: "/logs/:id",
    scopes: ["read:logs", "read:logs_users"],
    handle: ({ params }) => {
      const entry = getOr404(tenant.logs.find(params.id ?? ""), "The log event does not exist.", "inexistent_log");
      return ok(entry);
    },
  }),
];

/** A page of entries, the newest first unless `sort` says otherwise. */
export function renderLogPage(entries: readonly LogEntry[], query: Query): unknown {
  checkDepth(query);
  const sorted = sortRecords(entries, typeof query.sort === "string" ? query.sort : "date:-1");
  const { rows, start, limit } = slicePage(sorted, query);
  const shown = rows.map((entry) => selectFields(entry, query));
  if (query.include_totals !== true) return shown;
  return { logs: shown, start, limit, length: shown.length, total: entries.length };
}

/** By id from the oldest on; `Link` says where the next part starts, also when there is nothing more yet. */
function renderCheckpoint({ domain, logs }: Pick<Tenant, "domain" | "logs">, query: Query): Reply {
  const take = typeof query.take === "number" ? query.take : 50;
  const from = String(query.from ?? "");
  const rows = logs
    .entries()
    .filter((entry) => entry.log_id > from)
    .slice(0, take);
  const last = rows.at(-1)?.log_id ?? from;
  const link = `<https://${domain}/api/v2/logs?from=${encodeURIComponent(last)}&take=${take}>; rel="next"`;
  return { ...ok(rows), ...(last !== "" && { headers: { link } }) };
}
