import { setTimeout as wait } from "node:timers/promises";
import { sendRaw } from "../../gateways/support/raw-request.ts";
import type { World } from "../world.ts";

/** A request as a client sends it. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** As lines. */
  readonly headers: readonly string[];
  /** Milliseconds after which the client goes. */
  readonly hangUp?: number | undefined;
  /** Milliseconds after which no answer is an error. */
  readonly waitAtMost?: number;
  /** Whether a proxy may send it to the backend again, which has broken off. */
  readonly mayRepeat?: boolean;
}

export interface Outcome {
  /** NaN where the client has gone before. */
  readonly status: number;
  readonly wwwAuthenticate: string | undefined;
  readonly allowedOrigin: string | undefined;
  /** Each Access-Control-Allow-Origin header of the answer; undefined where there is no answer on the wire. */
  readonly allowedOrigins?: readonly string[];
  /** Of the answer; undefined where there is none on the wire. */
  readonly body?: string;
  /** The address with which the backend was reached; undefined where nothing is forwarded. */
  readonly reached?: string | undefined;
  /** What the backend was told, by header in lower case; undefined: it was not reached. */
  readonly identity: Readonly<Record<string, string | undefined>> | undefined;
  /** All headers with which the backend was reached; undefined where nothing is forwarded. */
  readonly forwarded: Readonly<Record<string, unknown>> | undefined;
}

export interface RunningGateway {
  /** Undefined: the product does not ask the authorizer about such a request. */
  send(request: SentRequest): Promise<Outcome | undefined>;
  close(): Promise<void>;
}

export interface TestedGateway {
  /** The table's column. */
  readonly name: string;
  /** Headers of the product's own for who asks: no client may set them. */
  readonly ownIdentityHeaders?: readonly string[];
  /** Whether a 401 says in WWW-Authenticate what to send. */
  readonly challenges: boolean;
  /** Where metered requests are counted. */
  readonly meters: "here" | "elsewhere";
  /** Why it cannot run here; undefined: it can. */
  readonly missing?: () => string | undefined;
  start(world: World): Promise<RunningGateway>;
}

const IDENTITY_HEADERS = ["x-user-sub", "x-org-id", "x-scopes", "x-stripe-customer"];
/** Milliseconds: more than the slowest of the backend's. */
const LONGEST_ANSWER = 1_200;
let counter = 0;

/** Over the network, with a mark in the address that tells what reached the backend. */
export async function sendOverHttp(world: World, port: number, request: SentRequest): Promise<Outcome> {
  counter += 1;
  const mark = `mark=${counter}.`;
  const path = `${request.path}${request.path.includes("?") ? "&" : "?"}${mark}`;
  const answer = await sendRaw(`http://127.0.0.1:${port}`, `${request.method} ${path}`, request.headers, request);
  // The backend may be at work yet.
  if (request.hangUp !== undefined) await wait(LONGEST_ANSWER);
  const seen = world.backend.take(mark);
  if (seen.length > 1 && request.mayRepeat !== true)
    throw new Error(`One request reached the backend ${seen.length} times.`);
  const [first] = seen;
  return {
    status: answer.status,
    wwwAuthenticate: answer.headers["www-authenticate"],
    allowedOrigin: answer.headers["access-control-allow-origin"],
    allowedOrigins: answer.lines.flatMap((line) => /^access-control-allow-origin: *(.*)$/i.exec(line)?.[1] ?? []),
    body: answer.body,
    identity: first && Object.fromEntries(IDENTITY_HEADERS.map((name) => [name, String(first.headers[name] ?? "")])),
    reached: first?.url,
    forwarded: first?.headers,
  };
}
