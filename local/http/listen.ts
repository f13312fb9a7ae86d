import { createServer, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { joinProtocols } from "./both-protocols.ts";
import type { TlsCertificate } from "./certificate-authority.ts";

/**
 * Milliseconds for which a connection stays open between two requests. Node's own five seconds pass on a busy machine between two
 * pages of a login, and a request that meets the closing ends as a reset.
 */
const KEEP_ALIVE = 65_000;

export interface Listener {
  readonly port: number;
  /** `https://localhost:4433`: no trailing slash. */
  readonly origin: string;
  /** Stops listening and cuts what is still open; resolves when the port is free. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** With a certificate the server speaks HTTPS only. */
  readonly tls?: TlsCertificate | undefined;
  /** Plain HTTP as well as HTTPS, on the same port. */
  readonly alsoPlain?: boolean | undefined;
  /** By name: what is shown instead to whoever asks for the name. */
  readonly names?: Readonly<Record<string, TlsCertificate>> | undefined;
}

/** Serves a hono app on the loopback interface. There is no option for another one: these servers are for this machine. */
export async function listen(
  app: { fetch: (request: Request, env: never) => Response | Promise<Response> },
  { port = 0, tls, names = {}, alsoPlain = false }: ListenOptions = {},
): Promise<Listener> {
  const server = createServers(app.fetch as Handle, { tls, names, alsoPlain });
  // Node's closeAllConnections knows neither a connection whose TLS handshake is not done nor those of joined servers.
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    port: taken,
    origin: `${tls === undefined ? "http" : "https"}://localhost:${taken}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        for (const socket of open) socket.destroy();
      }),
  };
}

type Handle = (request: Request) => Response | Promise<Response>;

function createServers(
  fetch: Handle,
  { tls, names, alsoPlain }: Required<Pick<ListenOptions, "names" | "tls" | "alsoPlain">>,
): Server {
  const kept = { keepAliveTimeout: KEEP_ALIVE };
  const plain = createAdaptorServer({ fetch, createServer, serverOptions: kept }) as HttpServer;
  if (tls === undefined) return plain;
  const serverOptions = { ...kept, cert: tls.cert, key: tls.key };
  const secure = createAdaptorServer({ fetch, createServer: createHttpsServer, serverOptions }) as HttpsServer;
  for (const [name, own] of Object.entries(names ?? {})) secure.addContext(name, own);
  return alsoPlain ? joinProtocols(plain, secure) : secure;
}
