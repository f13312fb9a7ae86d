import { readFileSync } from "node:fs";
import { createServer, request as httpsRequest, type Server } from "node:https";
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
export type Fault = (typeof FAULTS)[number];

export interface Seen {
  readonly method: string;
  readonly path: string;
}

export interface FaultProxy {
  /** `localhost:<port>`, what the tenant goes by. */
  readonly domain: string;
  /** Every request since the last `arm`, in order. */
  readonly seen: readonly Seen[];
  /** Does this to the requests that match, counted from 0, from now on. */
  arm(fault: Fault | undefined, isHit: (request: Seen, index: number) => boolean): void;
  forwardTo(port: number): void;
  close(): Promise<void>;
}

/** An HTTPS proxy on loopback, under the tenant's own name and certificate. */
export async function startFaultProxy(): Promise<FaultProxy> {
  const authority = await ensureCertificateAuthority(join(localDirectory, "tls"));
  const tls = await authority.issue("tenant", ["localhost", "127.0.0.1"]);
  const ca = readFileSync(authority.caFile);
  const sockets = new Set<Duplex>();
  let target = 0;
  let seen: Seen[] = [];
  let fault: Fault | undefined;
  let isHit: (request: Seen, index: number) => boolean = () => false;

  const server: Server = createServer({ cert: tls.cert, key: tls.key }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", () => {});
    incoming.on("end", () => {
      const request = { method: incoming.method ?? "", path: (incoming.url ?? "").split("?")[0] ?? "" };
      const hit = isHit(request, seen.length) ? fault : undefined;
      seen.push(request);
      if (hit === "cut before") return void incoming.socket.destroy();
      if (hit === "no answer") return;
      if (hit === "429")
        return answer(429, { "x-ratelimit-reset": String(Math.floor(Date.now() / 1000)), "retry-after": "0" });
      if (hit === "500 before") return answer(500);
      const body = Buffer.concat(chunks);
      const forwarded = httpsRequest(
        {
          host: "127.0.0.1",
          port: target,
          servername: "localhost",
          ca,
          agent: false,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        (response) => {
          if (hit === "cut after") return void incoming.socket.destroy();
          if (hit === "no answer after") return void response.resume();
          if (hit === "500 after") {
            response.resume();
            return answer(500);
          }
          outgoing.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(outgoing);
        },
      );
      forwarded.on("error", () => incoming.socket.destroy());
      forwarded.end(body);
    });

    function answer(status: number, headers: Record<string, string> = {}): void {
      const body = JSON.stringify({ statusCode: status, error: "Injected", message: "A fault of the test" });
      outgoing.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    }
  });
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
    forwardTo(port) {
      target = port;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
