import { join } from "node:path";
import { runCommand } from "./command.ts";
import { DEFAULT_PORT, parsePort } from "./local/port.ts";
import { serveLocalTenant } from "./local/serve.ts";
import { readOptions } from "./terminal/options.ts";

const usage = `Usage: npm run local -- [--port <number>] [--directory <path>] [--fresh] [--json]

Starts a tenant on this machine and keeps it running until Ctrl-C. What is deployed to it is kept for the next start, and
so are its credentials. The tenant's log goes to standard error.

  --port <number>     listen there instead of ${DEFAULT_PORT}, or on LOCAL_TENANT_PORT; 0 takes any free port
  --directory <path>  keep keys and state there instead of .local/, for a second tenant beside the first
  --fresh             forget what was deployed; the credentials become new ones
  --json              print one line of JSON (domain, clientId, clientSecret, caFile) and nothing else

Exits 0 when stopped, 1 when the port is taken or the tenant already runs, 2 on wrong use.`;

await runCommand(async () => {
  const options = readOptions(usage, {
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
