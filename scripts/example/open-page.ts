import { readFile } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the page is told: nothing of it is secret. */
export interface PageConfig {
  readonly domain: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scope: string;
  /** Of the API, one for each scope, by convention: `get:users` is GET /users. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  /** Where people are given roles, if that is known. */
  readonly users?: string;
}

export interface PageOptions {
  /** Where index.html is. */
  readonly directory: string;
  /** Whose connections tell the page that a file of it has changed. */
  readonly server: Server;
  readonly config: PageConfig;
}

export interface ServedPage {
  /** Answers with a file of the page, or hands the request on. */
  serve(request: IncomingMessage, response: ServerResponse, next: () => void): void;
  close(): Promise<void>;
}

/** A page as Vite serves it while somebody works on it: packages by their names, and each change of a file is there at once. */
export async function openPage({ directory, server, config }: PageOptions): Promise<ServedPage> {
  const sdk = dirname(createRequire(import.meta.filename).resolve("@auth0/auth0-spa-js"));
  const { createServer } = await import("vite");
  const vite = await createServer({
    root: directory,
    configFile: false,
    // The page below is the only one: whatever is not a file is a request to the API.
    appType: "custom",
    logLevel: "error",
    // The SDK is one file: made ready for browsers, it would only be another.
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: { server }, fs: { allow: [directory, sdk] } },
  });
  const sendPage = async (response: ServerResponse): Promise<void> => {
    const html = await readFile(join(directory, "index.html"), "utf8");
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // The tenant is asked for tokens, and framed for a silent login.
      "content-security-policy": `default-src 'self'; connect-src 'self' https://${config.domain}; frame-src https://${config.domain}`,
    });
    response.end(await vite.transformIndexHtml("/", html));
  };
  return {
    serve(request, response, next) {
      // The callback comes back to "/" with a query.
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      if (request.method === "GET" && pathname === "/") return void sendPage(response);
      if (request.method === "GET" && pathname === "/config.json") return sendJson(response, config);
      vite.middlewares(request, response, next);
    },
    close: () => vite.close(),
  };
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
