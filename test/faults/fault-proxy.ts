import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer, Agent as HttpsAgent, request as httpsRequest, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { ensureCertificateAuthority } from "../../local/http/certificate-authority.ts";
import { localDirectory } from "../support/local-tenant.ts";

/** What happens to one request. "after": the tenant does the work, and only its answer is lost. */
export const FAULTS = [
  "cut before",
  "cut after",
  "429",
  "500 before",
  "500 after",
  "no answer",
  "no answer after",
] as const;
export type Fault = (typeof FAULTS)[number] | "400";

export interface Seen {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly body: string;
  readonly authorization: string;
  /** When it was answered, in milliseconds, and how; not of an answer that was lost or made here. */
  answered?: { readonly at: number; readonly status: number };
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FaultProxy {
  /** `localhost:<port>`, what the tenant goes by. */
  readonly domain: string;
  /** Every request since the last `arm`, in order. */
  readonly seen: readonly Seen[];
  /** Does this to the requests that match, from now on. */
  arm(fault: Fault, isHit: (request: Seen) => boolean): void;
  /** Answers in the tenant's place wherever `find` has a reply, until `disarm`. */
  answerWith(find: (request: Seen) => Reply | undefined): void;
  disarm(): void;
  forwardTo(port: number): void;
  close(): Promise<void>;
}

/** An HTTPS proxy on loopback, under the tenant's own name and certificate. */
export async function startFaultProxy(): Promise<FaultProxy> {
  const authority = await ensureCertificateAuthority(join(localDirectory, "tls"));
  const tls = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  const agent = new HttpsAgent({ ca: readFileSync(authority.caFile), keepAlive: true });
  const sockets = new Set<Duplex>();
  let target = 0;
  let seen: Seen[] = [];
  let fault: Fault | undefined;
  let isHit: (request: Seen) => boolean = () => false;
  let findReply: (request: Seen) => Reply | undefined = () => undefined;

  const server: Server = createServer({ cert: tls.cert, key: tls.key }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", () => {});
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const path = (incoming.url ?? "").split("?")[0] ?? "";
      const request: Seen = {
        method: incoming.method ?? "",
        path,
        body: body.toString(),
        authorization: incoming.headers.authorization ?? "",
      };
      seen.push(request);
      const reply = findReply(request);
      if (reply !== undefined) {
        return void outgoing
          .writeHead(reply.status, { "content-type": "application/json", ...reply.headers })
          .end(reply.body);
      }
      const hit = isHit(request) ? fault : undefined;
      if (hit === "cut before") return void incoming.socket.destroy();
      if (hit === "no answer") return;
      if (hit === "400" || hit === "500 before") return answer(Number(hit.slice(0, 3)));
      if (hit === "429") return answer(429, { "retry-after": "0" });
      forward(body, (response) => {
        request.answered = { at: Date.now(), status: response.statusCode ?? 0 };
        if (hit !== undefined) response.resume();
        if (hit === "cut after") incoming.socket.destroy();
        else if (hit === "500 after") answer(500);
        else if (hit === undefined) {
          outgoing.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(outgoing);
        }
      });
    });

    function forward(body: Buffer, receive: (response: IncomingMessage) => void): void {
      const forwarded = httpsRequest(
        {
          host: "127.0.0.1",
          port: target,
          servername: "localhost",
          agent,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        receive,
      );
      forwarded.on("error", () => {
        // The tenant closes a connection that was idle for a while, maybe just when a request goes out on it.
        if (forwarded.reusedSocket) forward(body, receive);
        else incoming.socket.destroy();
      });
      forwarded.end(body);
    }

    function answer(status: number, headers: Record<string, string> = {}): void {
      const body = JSON.stringify({ statusCode: status, error: "Injected", message: "A fault of the test" });
      outgoing.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    }
  });
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    domain: `localhost:${(server.address() as AddressInfo).port}`,
    get seen() {
      return seen;
    },
    arm(next, matches) {
      fault = next;
      isHit = matches;
      seen = [];
    },
    answerWith(find) {
      findReply = find;
      seen = [];
    },
    disarm() {
      isHit = () => false;
      findReply = () => undefined;
    },
    forwardTo(port) {
      target = port;
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export const isWrite = ({ method, path }: Seen): boolean => method !== "GET" && path !== "/oauth/token";

/** `PATCH roles/:id/permissions`: the same for all records of a kind. */
export function kindOf({ method, path }: Seen): string {
  const names = new Set(["actions", "deploy", "versions", "bindings", "permissions", "clients", "post-login"]);
  const [, first = "", ...rest] = path.replace("/api/v2", "").split("/");
  if (first === "oauth" || first === "tenants") return `${method} ${[first, ...rest].join("/")}`;
  const isActions = first === "actions";
  const kept = rest.map((part, index) => ((isActions && index === 0) || names.has(part) ? part : ":id"));
  return `${method} ${[first, ...kept].join("/").replace("actions/actions", "actions")}`;
}
