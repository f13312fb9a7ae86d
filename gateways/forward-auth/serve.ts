import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Gateway } from "../open-gateway.ts";
import { createAnswerQuestion } from "./answer-question.ts";
import { createForwardAuthApp, type ForwardAuthOptions } from "./app.ts";
import { createMetrics } from "./metrics.ts";

export interface ForwardAuthService {
  readonly url: string;
  /** Says that it is not ready, answers what is under way, sends what was counted. Takes 4 s at most. */
  stop(): Promise<void>;
}

export interface ServeOptions extends Pick<ForwardAuthOptions, "extend"> {
  readonly gateway: Gateway;
  /** 0 takes any free port. */
  readonly port: number;
  /** The loopback interface without it. Another one only in a network of the proxies' own: there is no TLS here. */
  readonly host?: string;
}

/** Bytes: a proxy hands on the client's cookies beside its token. */
const MAX_HEADERS = 32_768;
/** Milliseconds: longer than proxies keep idle connections (NGINX: 60 s), or they would now and then use one that just ended. */
const KEEP_ALIVE = 75_000;
/** Milliseconds for requests that are under way. */
const SHUTDOWN_TIMEOUT = 2_000;

export async function serveForwardAuth({
  gateway,
  port,
  host = "127.0.0.1",
  extend,
}: ServeOptions): Promise<ForwardAuthService> {
  let isStopping = false;
  const metrics = createMetrics(gateway);
  const answerQuestion = createAnswerQuestion(gateway, metrics);
  const app = createForwardAuthApp({ gateway, metrics, isStopping: () => isStopping, ...(extend && { extend }) });
  const answerOthers = getRequestListener(app.fetch);
  const server = createServer(
    { maxHeaderSize: MAX_HEADERS, keepAliveTimeout: KEEP_ALIVE },
    (incoming, outgoing) => void (answerQuestion(incoming, outgoing) || answerOthers(incoming, outgoing)),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    async stop() {
      if (isStopping) return;
      isStopping = true;
      await closeServer(server);
      await gateway.close();
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), SHUTDOWN_TIMEOUT);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    // Proxies keep connections open: the idle ones would hold up the end.
    server.closeIdleConnections();
  });
}
