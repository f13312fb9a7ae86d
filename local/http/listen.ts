import { createServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Server as TlsServer } from "node:tls";
import { createAdaptorServer } from "@hono/node-server";
import type { TlsCertificate } from "./certificate-authority.ts";

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
  /** By name: what is shown instead to whoever asks for the name. */
  readonly names?: Readonly<Record<string, TlsCertificate>> | undefined;
}

/** Serves a hono app on the loopback interface. There is no option for another one: these servers are for this machine. */
export async function listen(
  app: { fetch: (request: Request, env: never) => Response | Promise<Response> },
  { port = 0, tls, names = {} }: ListenOptions = {},
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: app.fetch as (request: Request) => Response | Promise<Response>,
    ...(tls === undefined
      ? { createServer }
      : { createServer: createHttpsServer, serverOptions: { cert: tls.cert, key: tls.key } }),
  });
  if (server instanceof TlsServer) for (const [name, own] of Object.entries(names)) server.addContext(name, own);
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
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
