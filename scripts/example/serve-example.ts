import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { authorizeExpress, type ExpressRequest } from "../../gateways/middleware/express.ts";
import type { Gateway } from "../../gateways/open-gateway.ts";
import { CommandError } from "../command.ts";
import { openPage, type PageConfig } from "./open-page.ts";

export interface ExampleOptions {
  /** Of examples/spa. */
  readonly directory: string;
  readonly port: number;
  readonly config: PageConfig;
  /** Decides about requests to the API, which lives beside the page. */
  readonly gateway: Gateway;
}

export interface Example {
  readonly origin: string;
  close(): Promise<void>;
}

/** The page that comes with the project. */
export const EXAMPLE = join(import.meta.dirname, "../../examples/spa");

/**
 * The page of examples/spa, and an API of three lines behind the Express middleware, on the loopback interface.
 *
 * @throws {CommandError} EXAMPLE_PORT_TAKEN
 */
export async function serveExample({ directory, port, config, gateway }: ExampleOptions): Promise<Example> {
  const server = createServer();
  const page = await openPage({ directory, server, config });
  const guard = authorizeExpress(gateway);
  server.on("request", (request: ExpressRequest, response: ServerResponse) =>
    page.serve(request, response, () => guard(request, response, () => answerApi(request, response))),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch(async (error: NodeJS.ErrnoException) => {
    await page.close();
    throw explain(error, port);
  });
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      await page.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new CommandError(
    "EXAMPLE_PORT_TAKEN",
    `Port ${port} is taken, where the page of SPA_URL is to be. Stop what listens there, or choose another: SPA_URL=http://localhost:${port + 1} npm run dev. For npm run example the application must have it as callback.`,
  );
}

/** Only what the guard has let through comes here. */
function answerApi(request: ExpressRequest & IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ path: request.url, subject: request.authorized?.subject ?? null }));
}
