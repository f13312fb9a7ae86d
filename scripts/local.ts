import { join } from "node:path";
import { runCommand } from "./command.ts";
import { DEFAULT_PORT, parsePort } from "./local/port.ts";
import { serveLocalTenant } from "./local/serve.ts";
import { readOptions } from "./terminal/options.ts";

const USAGE = `Usage: npm run local -- [--port <number>] [--directory <path>] [--fresh] [--json]

Starts a tenant and a Stripe account on this machine and keeps them running until Ctrl-C. What is deployed to the tenant,
its users and Stripe's customers are kept for the next start, and so are the credentials. The tenant's log goes to
standard error.

  --port <number>     listen there instead of ${DEFAULT_PORT}, or on LOCAL_TENANT_PORT, and for Stripe on the next one;
                      0 takes any free ports
  --directory <path>  keep keys and state there instead of .local/, for a second tenant beside the first
  --fresh             forget what was deployed, users and customers; the credentials become new ones
  --json              print one line of JSON and nothing else: domain, clientId, clientSecret, caFile, verifyEmailUrl, and
                      stripe with url and secretKey

Exits 0 when stopped, 1 when the port is taken or the tenant already runs, 2 on wrong use.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    port: { type: "string" },
    directory: { type: "string" },
    fresh: { type: "boolean" },
    json: { type: "boolean" },
  });
  if (options === undefined) return;
  await serveLocalTenant({
    directory: options.directory ?? join(import.meta.dirname, "../.local"),
    port: parsePort(options.port ?? process.env.LOCAL_TENANT_PORT),
    fresh: options.fresh === true,
    json: options.json === true,
  });
});
