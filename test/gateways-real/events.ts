import type { Deviation } from "./deviations.ts";

/** What can become of a metered request. */
export interface CountedEvent {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  /** Beside the token. */
  readonly headers?: readonly string[];
  /** Of the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How often it is sent; what is told is about the last one. */
  readonly times?: number;
  /** Milliseconds after which the client goes. */
  readonly hangUp?: number;
  readonly stripe?: "down";
  readonly mayRepeat?: boolean;
  /** Of the request, or of the last one; any of them is right. NaN where the client does not wait for it. */
  readonly status: readonly number[];
  /** How many of them are billed. */
  readonly counted: number;
}

/** The limit of requests that gateways with one are given. */
export const LIMIT = 3;

export const events: readonly CountedEvent[] = [
  { name: "answered", status: [200], counted: 1 },
  { name: "answered with 404 by the backend", path: "/reports/1?answer=404", status: [404], counted: 1 },
  { name: "answered with 500 by the backend", path: "/reports/1?answer=500", status: [500], counted: 1 },
  { name: "answered with 429 by the backend", path: "/reports/1?answer=429", status: [429], counted: 1 },
  { name: "answered with 304: the client has it already", path: "/reports/1?answer=304", status: [304], counted: 1 },
  {
    name: "the backend breaks off before it answers",
    path: "/reports/1?answer=none",
    mayRepeat: true,
    status: [500, 502],
    counted: 1,
  },
  {
    name: "the backend breaks off in the middle of its answer",
    path: "/reports/1?answer=half",
    // Express Gateway's proxy would leave it waiting.
    hangUp: 500,
    mayRepeat: true,
    status: [200, 500, 502],
    counted: 1,
  },
  {
    name: "the client hangs up, the backend at work",
    path: "/reports/1?answer=late",
    hangUp: 300,
    status: [Number.NaN],
    counted: 1,
  },
  { name: "no backend can be reached", path: "/gone/1", status: [500, 502], counted: 0 },
  { name: "HEAD", method: "HEAD", status: [200, 405], counted: 1 },
  {
    name: "a preflight",
    method: "OPTIONS",
    headers: ["Origin: http://localhost:3000", "Access-Control-Request-Method: GET"],
    status: [200, 204],
    counted: 0,
  },
  { name: "OPTIONS without a page's origin", method: "OPTIONS", status: [200, 204, 403, 404, 405], counted: 0 },
  { name: "a token that has expired", claims: { exp: 1 }, status: [401], counted: 0 },
  { name: "the scope is missing", claims: { scope: "openid" }, status: [403], counted: 0 },
  { name: "a path with two readings", path: "/reports/..%2fgone%2f1", status: [403, 404], counted: 0 },
  {
    name: "nobody subscribes",
    claims: { "https://api.example.com/stripe_customer_id": "cus_none" },
    status: [402],
    counted: 0,
  },
  {
    name: `${LIMIT + 1} within a minute, where the limit is ${LIMIT}`,
    times: LIMIT + 1,
    status: [429],
    counted: LIMIT,
  },
  { name: "Stripe is down, and nothing is known of the customer", stripe: "down", status: [503], counted: 0 },
];

/** Where a product decides otherwise. */
export const eventDeviations: readonly Deviation[] = [
  {
    gateways: ["Express middleware"],
    rows: ["the client hangs up, the backend at work"],
    cell: "0",
    why: "it is the API itself, and counts when the answer is whole",
    safeSide: "who has no answer pays nothing",
  },
  {
    gateways: ["NGINX", "Caddy", "KrakenD"],
    rows: ["no backend can be reached"],
    cell: "1",
    why: "they ask before they look for the backend, and do not say what came of it",
    safeSide: "watch the backends; a count can be taken back at Stripe for a day (a meter event adjustment)",
  },
  {
    gateways: ["Express Gateway, plugin"],
    rows: ["the backend breaks off before it answers"],
    cell: "0",
    why: "its proxy answers 502 as for a backend that is not there",
    safeSide: "who has no answer pays nothing",
  },
  {
    gateways: ["KrakenD"],
    rows: ["HEAD"],
    cell: "0",
    why: "it answers 405",
    safeSide: "refused",
  },
];
