import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the stand-in does with the next requests: before the work is done, or after it. */
export type StandInFault =
  | "none"
  | 500
  | 429
  | 401
  | 403
  | 400
  | 404
  | "html"
  | "reset"
  | "taken, then reset"
  | "taken, then 500"
  | "hang"
  | "other json";

export interface StandIn {
  readonly url: string;
  fault: StandInFault;
  /** `GET /v1/customers?email=…` */
  readonly requests: string[];
  /** Customers whose meter events are refused as nobody's. */
  readonly strangers: Set<string>;
  /** Sums of the meter events that were taken, by customer and meter. */
  readonly sums: Map<string, number>;
  readonly identifiers: Map<string, number>;
  /** How often an event came again. */
  readonly duplicates: number;
  /** Milliseconds since the epoch, for the time in which duplicates are recognised. */
  now: () => number;
  lists: Record<string, readonly { readonly id: string; readonly [name: string]: unknown }[]>;
  close(): Promise<void>;
}

const DAY = 86_400_000;

/**
 * The few endpoints of Stripe that the gateways use, as its documentation and users describe them: pages of `limit`, meter
 * events refused when their identifier is known from the past 24 hours, answers replayed for an idempotency key.
 */
export async function startStandIn(): Promise<StandIn> {
  const replays = new Map<string, { at: number; parameters: string }>();
  let duplicates = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://stripe");
      state.requests.push(`${request.method} ${url.pathname}${url.search}`);
      const body = Buffer.concat(chunks).toString();
      const { fault } = state;
      if (fault === "hang") return;
      if (fault === "reset") return void request.socket.destroy();
      if (fault === "html") return void response.writeHead(502, { "content-type": "text/html" }).end("<html>");
      if (fault === "other json") return send(response, 200, { message: "hello" });
      if (typeof fault === "number") return send(response, fault, failure("Refused by the stand-in."));
      const answer =
        request.method === "POST" && url.pathname === "/v1/billing/meter_events"
          ? takeMeterEvent(new URLSearchParams(body), String(request.headers["idempotency-key"]))
          : list(url);
      if (fault === "taken, then reset") return void request.socket.destroy();
      if (fault === "taken, then 500") return send(response, 500, failure("After the work."));
      send(response, answer.status, answer.body);
    });
  });

  const list = (url: URL) => {
    const { pathname, searchParams: query } = url;
    const matching = (state.lists[pathname] ?? []).filter((entry) =>
      ["customer", "email", "subscription"].every((name) => !query.has(name) || entry[name] === query.get(name)),
    );
    if (!(pathname in state.lists))
      return { status: 404, body: failure(`Unrecognized request URL (GET: ${pathname}).`) };
    const after = query.get("starting_after");
    const from = after === null ? 0 : matching.findIndex(({ id }) => id === after) + 1;
    const page = matching.slice(from, from + Number(query.get("limit") ?? 10));
    return {
      status: 200,
      body: { object: "list", url: pathname, has_more: from + page.length < matching.length, data: page },
    };
  };

  const takeMeterEvent = (form: URLSearchParams, key: string) => {
    const identifier = form.get("identifier") ?? "";
    const parameters = form.toString();
    const customer = form.get("payload[stripe_customer_id]") ?? "";
    if (state.strangers.has(customer)) return { status: 400, body: failure("No such customer.") };
    const replay = replays.get(key);
    const event = { object: "billing.meter_event", identifier, event_name: form.get("event_name") };
    if (replay !== undefined && state.now() - replay.at < DAY) {
      duplicates += 1;
      return replay.parameters === parameters
        ? { status: 200, body: event }
        : {
            status: 400,
            body: {
              error: {
                type: "idempotency_error",
                message: "Keys for idempotent requests can only be used with the same parameters.",
              },
            },
          };
    }
    const seenAt = state.identifiers.get(identifier);
    if (seenAt !== undefined && state.now() - seenAt < DAY) {
      duplicates += 1;
      return { status: 400, body: failure(`An event already exists with identifier ${identifier}.`) };
    }
    const sumKey = `${customer} ${form.get("event_name")}`;
    state.sums.set(sumKey, (state.sums.get(sumKey) ?? 0) + Number(form.get("payload[value]")));
    state.identifiers.set(identifier, state.now());
    // Half of the keys are kept, so that both ways of meeting a duplicate are met.
    if (state.identifiers.size % 2 === 0) replays.set(key, { at: state.now(), parameters });
    return { status: 200, body: event };
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const state: { -readonly [K in keyof StandIn]: StandIn[K] } = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: "none",
    requests: [],
    strangers: new Set(),
    sums: new Map(),
    identifiers: new Map(),
    duplicates: 0,
    now: () => Date.now(),
    lists: {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return Object.defineProperty(state, "duplicates", { get: () => duplicates });
}

const failure = (message: string) => ({ error: { type: "invalid_request_error", message } });

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "request-id": "req_1" }).end(JSON.stringify(body));
}
