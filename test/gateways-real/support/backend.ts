import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

interface Seen {
  readonly method: string;
  /** Path and query, raw. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Backend {
  readonly url: string;
  /** What arrived with this mark in its address, and is forgotten by asking. */
  take(mark: string): readonly Seen[];
  close(): Promise<void>;
}

/** Milliseconds. */
const LATE = 1_000;

/** The API behind the gateways: answers everything, and remembers what reached it. `answer=` in an address says how. */
export async function startBackend(): Promise<Backend> {
  let seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers });
    response.setHeader("content-type", "application/json");
    // As a backend that browsers may call without a gateway.
    if (url.includes("cors=own")) {
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-expose-headers", "x-own");
      response.setHeader("vary", "accept");
    }
    const [, status = "200"] = /answer=(\d+)/.exec(url) ?? [];
    response.statusCode = Number(status);
    const answer = (): void => {
      if (url.includes("answer=none")) return void request.socket.destroy();
      // Server-sent events: the answer goes on until the client has gone.
      if (url.includes("answer=events")) {
        response.setHeader("content-type", "text/event-stream");
        return void response.write("data: one\n\n");
      }
      if (url.includes("answer=half")) {
        response.setHeader("content-length", 100);
        return void response.write('{"reached":', () => request.socket.destroy());
      }
      response.end(status === "304" ? undefined : JSON.stringify({ reached: true }));
    };
    // Read whole, or a large one would end the connection.
    request.resume().once("end", () => (url.includes("answer=late") ? setTimeout(answer, LATE) : answer()));
  });
  // A WebSocket, as far as a proxy looks at it (RFC 6455 §4.2.2).
  server.on("upgrade", ({ method = "", url = "", headers }, socket) => {
    seen.push({ method, url, headers });
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take(mark) {
      const mine = seen.filter(({ url }) => url.includes(mark));
      seen = seen.filter((one) => !mine.includes(one));
      return mine;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
