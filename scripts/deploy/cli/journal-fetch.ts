import type { WrittenRequest } from "./messages.ts";

/** The Deploy CLI's handlers read before they compare, if at all; what is looked at here is what the very next request changes. */
const API = "/api/v2";

/**
 * A fetch that looks at what a request is about to change, and tells of both before it sends it: whatever becomes of this process
 * or of the answer, somebody knows what was there. After the answer it tells of that as well.
 *
 * @param record resolves when what it was told is out of this process
 */
export function createJournalingFetch(
  send: typeof fetch,
  record: (request: WrittenRequest) => Promise<void>,
): typeof fetch {
  let count = 0;
  return async (input, init) => {
    const method = (init?.method ?? "GET").toUpperCase();
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (!isJournaled(method) || !url.pathname.startsWith(`${API}/`)) return send(input, init);
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
    const path = url.pathname.slice(API.length);
    const request = { number: count++, method, path, body };
    const before = method === "POST" ? undefined : await look(`${url.origin}${API}${placeOf(path)}`, init, send);
    await record({ ...request, before });
    const response = await send(input, init);
    await record({ ...request, before, answer: response.ok ? await readJson(response.clone()) : undefined });
    return response;
  };
}

type Method = WrittenRequest["method"];
const isJournaled = (method: string): method is Method => method === "PATCH" || method === "PUT" || method === "POST";

/** Where to read what is written at a path: the factors have one list and no path of their own, clients come in pages. */
export function placeOf(path: string): string {
  if (/^\/guardian\/factors\/[^/]+$/.test(path)) return "/guardian/factors";
  return /^\/connections\/[^/]+\/clients$/.test(path) ? `${path}?take=1000` : path;
}

/** Undefined where nothing is there yet. What cannot be read for another reason is not written over. */
async function look(url: string, init: RequestInit | undefined, send: typeof fetch): Promise<unknown> {
  const response = await send(url, { method: "GET", headers: withoutContent(init?.headers) });
  if (response.ok) return readJson(response);
  if (response.status === 404) return undefined;
  throw new Error(
    `${new URL(url).pathname} could not be read before it was written (${response.status}): ${await response.text()}`,
  );
}

function withoutContent(headers: RequestInit["headers"]): Headers {
  const kept = new Headers(headers);
  kept.delete("content-type");
  kept.delete("content-length");
  return kept;
}

async function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}
