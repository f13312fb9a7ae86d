import type { Query } from "../endpoint.ts";
import { PAGE_QUERY, slicePage } from "../paging.ts";
import type { JsonSchema } from "../validation.ts";

const { include_totals: _refused, ...pageQuery } = PAGE_QUERY;
/** The Actions service knows no `include_totals` and refuses it. */
export const ACTIONS_PAGE_QUERY: Readonly<Record<string, JsonSchema>> = pageQuery;

/**
 * Lists of the Actions service: always an object, and keys whose value is zero are left out, so that an empty page has
 * no `total` and the first one no `page`.
 */
export function renderActionsPage(key: string, items: readonly unknown[], query: Query, size = 20): unknown {
  const { rows, limit } = slicePage(items, query, size);
  return {
    [key]: rows,
    ...(rows.length !== 0 && { total: items.length }),
    ...(query.page !== undefined && query.page !== 0 && { page: query.page }),
    per_page: limit,
  };
}

/** Unlike the lists of Actions, these keep their zeroes. */
export function renderModulesPage(key: string, items: readonly unknown[], query: Query): unknown {
  const { rows, limit } = slicePage(items, query);
  const page = typeof query.page === "number" ? query.page : 0;
  return { [key]: rows, total: rows.length === 0 ? 0 : items.length, page, per_page: limit };
}
