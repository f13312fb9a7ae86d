import { invalidRequest } from "./errors.ts";
import { integer, nonEmptyText } from "./parameters.ts";

/** The parameters of every list of `/v2/…`. */
export const v2PageParameters = { limit: integer({ min: 1, max: 100 }), page: nonEmptyText(255) };

interface V2Page<T> {
  readonly data: readonly T[];
  readonly next_page_url: string | null;
  readonly previous_page_url: string | null;
}

/** One page; the next one is named by its address, which keeps what was asked for. */
export function renderV2Page<T>(
  objects: readonly T[],
  { limit = 10, page }: { readonly limit?: number; readonly page?: string },
  url: string,
): V2Page<T> {
  const start = page === undefined ? 0 : Number(page);
  if (!Number.isInteger(start) || start < 0) throw invalidRequest("Invalid page token.", { param: "page" });
  const at = (from: number): string => {
    const next = new URLSearchParams({ limit: String(limit), page: String(from) });
    return `${url}${url.includes("?") ? "&" : "?"}${next}`;
  };
  const end = start + limit;
  return {
    data: objects.slice(start, end),
    next_page_url: end < objects.length ? at(end) : null,
    previous_page_url: start > 0 ? at(Math.max(start - limit, 0)) : null,
  };
}
