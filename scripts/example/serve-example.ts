import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { authorizeExpress, type ExpressRequest } from "../../gateways/middleware/express.ts";
import type { Gateway } from "../../gateways/open-gateway.ts";
import { CommandError } from "../command.ts";

export interface ExampleOptions {
  /** Of examples/spa. */
  readonly directory: string;
  readonly port: number;
  /** What the page is told: nothing of it is secret. */
  readonly config: {
    readonly domain: string;
    readonly clientId: string;
    readonly audience: string;
    readonly scope: string;
    /** Of the API, one for each scope, by convention: `get:users` is GET /users. */
    readonly requests: readonly { readonly method: string; readonly path: string }[];
    /** Where people are given roles, if that is known. */
    readonly users?: string;
  };
  /** Decides about requests to the API, which lives beside the page. */
  readonly gateway: Gateway;
}

export interface Example {
  readonly origin: string;
  close(): Promise<void>;
}

/** The page that comes with the project. */
export const EXAMPLE = join(import.meta.dirname, "../../examples/spa");

const PAGES = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/style.css": ["style.css", "text/css; charset=utf-8"],
  "/app.js": ["app.js", "text/javascript; charset=utf-8"],
  "/explain.js": ["explain.js", "text/javascript; charset=utf-8"],
} as const;

/** The SDK, and the worker in which it keeps refresh tokens from the page's other scripts. */
const SDK = {
  "/auth0-spa-js.js": "auth0-spa-js.production.esm.js",
  "/auth0-spa-js.worker.js": "auth0-spa-js.worker.production.js",
} as const;

/**
 * The page of examples/spa, and an API of three lines behind the Express middleware, on the loopback interface.
 *
 * @throws {CommandError} EXAMPLE_PORT_TAKEN
 */
export async function serveExample({ directory, port, config, gateway }: ExampleOptions): Promise<Example> {
  const files = new Map<string, { readonly body: Buffer | string; readonly type: string }>();
  for (const [path, [file, type]] of Object.entries(PAGES)) {
    files.set(path, { body: await readFile(join(directory, file)), type });
  }
  const { resolve } = createRequire(import.meta.filename);
  for (const [path, file] of Object.entries(SDK)) {
    const body = await readFile(resolve(`@auth0/auth0-spa-js/dist/${file}`));
    files.set(path, { body, type: "text/javascript; charset=utf-8" });
  }
  files.set("/config.json", { body: JSON.stringify(config), type: "application/json" });

  const guard = authorizeExpress(gateway);
  const server = createServer((request: ExpressRequest, response) => {
    // The callback comes back to "/" with a query.
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = request.method === "GET" ? files.get(pathname) : undefined;
    if (file !== undefined) return sendFile(response, file, config.domain);
    guard(request, response, () => answerApi(request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explain(error, port)));
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new CommandError(
    "EXAMPLE_PORT_TAKEN",
    `Port ${port} is taken, where the page of SPA_URL is to be. Stop what listens there, or choose another: SPA_URL=http://localhost:${port + 1} npm run dev. For npm run example the application must have it as callback.`,
  );
}

function sendFile(
  response: ServerResponse,
  { body, type }: { body: Buffer | string; type: string },
  domain: string,
): void {
  response.writeHead(200, {
    "content-type": type,
    "cache-control": "no-store",
    // The tenant is asked for tokens, and framed for a silent login.
    "content-security-policy": `default-src 'self'; connect-src 'self' https://${domain}; frame-src https://${domain}`,
  });
  response.end(body);
}

/** Only what the guard has let through comes here. */
function answerApi(request: ExpressRequest & IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ path: request.url, subject: request.authorized?.subject ?? null }));
}
