import { isMapping } from "../../tenant/shape.ts";

/** What the Deploy CLI asks for at once. */
const PAGE_SIZE = "100";

/**
 * The Deploy CLI (8.44) asks for the first hundred of a list and takes them for all: its SDK does not hand it the total. The
 * hundred-and-first would be created a second time. This answers its request for the first page with every page in one.
 */
export function createWholeListFetch(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (!response.ok || !isFirstPage(url, init?.method ?? "GET")) return response;
    const body: unknown = await response.clone().json();
    const list = findList(body);
    if (list === undefined || !isMapping(body) || list.rows.length >= list.total) return response;
    const rows = [...list.rows];
    for (let page = 1; rows.length < list.total; page += 1) {
      url.searchParams.set("page", String(page));
      const next = await send(url.href, init);
      const more = next.ok ? findList(await next.clone().json())?.rows : undefined;
      // The Deploy CLI knows what to make of an error, and nothing of a list that ends early.
      if (more === undefined) return next;
      if (more.length === 0) break;
      rows.push(...more);
    }
    // By a total it would ask for the other pages itself, and find more rows than that.
    const { total: _, ...rest } = body;
    return Response.json({ ...rest, [list.name]: rows }, { status: response.status });
  };
}

function isFirstPage({ searchParams }: URL, method: string): boolean {
  return (
    method.toUpperCase() === "GET" && searchParams.get("page") === "0" && searchParams.get("per_page") === PAGE_SIZE
  );
}

/** The one member that is a list, of an answer with a total. */
function findList(body: unknown): { name: string; rows: readonly unknown[]; total: number } | undefined {
  if (!isMapping(body) || typeof body.total !== "number") return undefined;
  const lists = Object.entries(body).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const [only] = lists;
  return only === undefined || lists.length > 1 ? undefined : { name: only[0], rows: only[1], total: body.total };
}
