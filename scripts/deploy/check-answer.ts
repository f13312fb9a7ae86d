import { CommandError } from "../command.ts";
import { isMapping } from "../tenant/shape.ts";
import { describePage } from "./describe-page.ts";

/** Query parameters of a request for a list; each of Auth0's three styles of paging has one of them. */
const PAGING = ["per_page", "take", "include_totals"];
/** A tenant has settings, so an empty object does not come from one. Other singletons may have none yet. */
const NEVER_EMPTY = "/api/v2/tenants/settings";

/**
 * A fetch for the Management API that fails on a success that cannot be the API's: a proxy's page, `null`, an object without
 * the list that was asked for. The SDK takes all of these, and its lists come back empty: a full tenant would look like
 * a new one. So it does on a redirect, which the API never answers, and on a page for a failure to read: what something between
 * refuses (403, 404) does not say what the tenant has. Other failures pass, a page in a few words.
 */
export function createCheckedFetch(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const url = new URL(input instanceof Request ? input.url : String(input));
    const method = (init?.method ?? "GET").toUpperCase();
    if (isRedirect(response)) throw redirected(url.host, `${method} ${url.pathname}`, response);
    const text = await response.clone().text();
    const type = response.headers.get("content-type");
    if (!response.ok && (text === "" || parse(text) !== undefined)) return response;
    if (isFailure(method, response)) return withoutPage(response, describePage(type, text));
    const flaw = findFlaw(method, url, type, text);
    if (flaw === undefined) return response;
    throw unreadableAnswer(url.host, `${method} ${url.pathname}`, response.status, flaw);
  };
}

/** What whoever has sent the request knows how to go on from: a refused write, no answer (5xx), a rate limit. */
const isFailure = (method: string, { ok, status }: Response): boolean =>
  !ok && (method !== "GET" || status === 429 || status >= 500);

function withoutPage({ status, statusText }: Response, page: string): Response {
  const message = `${page}, which is not an answer of Auth0's Management API`;
  return Response.json({ statusCode: status, error: statusText, message }, { status, statusText });
}

export const isRedirect = ({ status }: Response): boolean => status >= 300 && status < 400;

/** For a redirect, which is not followed. */
export function redirected(domain: string, request: string, { status, headers }: Response): CommandError {
  const [base, location] = [`https://${domain}`, headers.get("location")];
  const target = location !== null && URL.canParse(location, base) ? ` to ${new URL(location, base).host}` : "";
  return unreadableAnswer(domain, request, status, `a redirect${target}`);
}

/** For an answer that cannot be the tenant's. */
export function unreadableAnswer(domain: string, request: string, status: number, flaw: string): CommandError {
  return new CommandError(
    "TENANT_UNREADABLE",
    `${domain} answered ${request} with ${status} and ${flaw}, which is not an answer of Auth0's Management API. Check AUTH0_DOMAIN, and that no proxy or portal answers in the tenant's place; then try again.`,
  );
}

function findFlaw(method: string, url: URL, type: string | null, text: string): string | undefined {
  // What was written needs no body: its status says that it is done.
  if (text === "") return method === "GET" ? "no body" : undefined;
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type ?? "")) return describePage(type, text);
  const value = parse(text);
  if (value === undefined) return "a body that is not JSON";
  if (method !== "GET") return undefined;
  if (!isMapping(value) && !Array.isArray(value)) return "a value that is neither an object nor a list";
  if (url.pathname === NEVER_EMPTY && Object.keys(value).length === 0) return "an empty object";
  if (PAGING.some((name) => url.searchParams.has(name)) && !hasList(value, url.pathname)) {
    return "an object without the list that was asked for";
  }
  return undefined;
}

/** Lists that are called by none of what their paths have. */
const OTHER_NAMES: Readonly<Record<string, string>> = { rendering: "configs", encryption: "keys" };

/**
 * A list is the body itself, or the member that is called as the path ends, by all its words or the last ones: `resource_servers` of
 * `/resource-servers`, `eventStreams` of `/event-streams`, `directory_provisionings` of `/connections-directory-provisionings`.
 */
function hasList(value: object, path: string): boolean {
  if (Array.isArray(value)) return true;
  const plain = (name: string): string => name.replaceAll(/[-_]/g, "").toLowerCase();
  const end =
    path
      .replace(/\/search$/, "")
      .split("/")
      .at(-1) ?? "";
  const words = (OTHER_NAMES[end] ?? end).split(/[-_]/);
  const names = words.map((_, index) => words.slice(index).join(""));
  return Object.entries(value).some(([name, member]) => Array.isArray(member) && names.includes(plain(name)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
