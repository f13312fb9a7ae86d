import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { RequestMade } from "./protocol.ts";
import { findWatched } from "./watched-work.ts";

/** What one execution of one Action asked other hosts for. */
export type Requests = RequestMade[];

/** More say nothing that these do not. */
const KEPT_REQUESTS = 100;

interface UnderWay {
  readonly requests: Requests;
  readonly place: number;
  readonly started: number;
}

interface FetchRequest {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
}

/** Node tells of its two clients, `node:http` and `fetch`; a thread that sends nothing is not told anything. */
export function watchRequests(): void {
  const underWay = new WeakMap<object, UnderWay>();

  const begin = (request: object, method: string, url: string): void => {
    const store = findWatched();
    if (store === undefined || store.requests.length >= KEPT_REQUESTS) return;
    const started = performance.now();
    const place = store.requests.push({ method, url, startedAfterMs: started - store.started }) - 1;
    underWay.set(request, { requests: store.requests, place, started });
  };
  const end = (request: object, outcome: Pick<RequestMade, "error" | "status">): void => {
    const { requests, place, started } = underWay.get(request) ?? {};
    const made = requests?.[place ?? 0];
    if (requests === undefined || place === undefined || started === undefined || made === undefined) return;
    requests[place] = { ...made, ...outcome, durationMs: performance.now() - started };
  };

  const on = <Message>(channel: string, listen: (message: Message) => void): void =>
    subscribe(channel, (message) => listen(message as Message));
  on<{ request: ClientRequest }>("http.client.request.start", ({ request }) =>
    begin(request, request.method, `${request.protocol}//${request.getHeader("host") ?? request.host}${request.path}`),
  );
  on<{ request: ClientRequest; response: IncomingMessage }>("http.client.response.finish", ({ request, response }) =>
    end(request, response.statusCode === undefined ? {} : { status: response.statusCode }),
  );
  on<{ request: ClientRequest; error: Error }>("http.client.request.error", ({ request, error }) =>
    end(request, { error: error.message }),
  );
  on<{ request: FetchRequest }>("undici:request:create", ({ request }) =>
    begin(request, request.method, `${request.origin}${request.path}`),
  );
  on<{ request: FetchRequest; response: { statusCode: number } }>("undici:request:headers", ({ request, response }) =>
    end(request, { status: response.statusCode }),
  );
  on<{ request: FetchRequest; error: Error }>("undici:request:error", ({ request, error }) =>
    end(request, { error: error.message }),
  );
}
