import { join } from "node:path";
import { runAuthorizer } from "./authorizer/run-authorizer.ts";
import { runCommand } from "./command.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";

const USAGE = `Usage: npm run authorizer -- [--env <name>] [--json]

Starts the forward-auth service: proxies ask it whether to let a request through (/authorize for Traefik, Caddy and KrakenD,
/auth-request for NGINX, /ext-authz/ for Envoy). It decides by routes.yaml and stripe.json, and counts metered requests.
Also there: /healthz, /readyz, /metrics. docs/gateways.md says how to set it up.

  --env <name>  take environments/<name>.env as well
  --json        print one line of JSON (url) and nothing else

Reads AUTH0_DOMAIN (or AUTH0_ISSUER), API_IDENTIFIER, STRIPE_GATEWAY_KEY, AUTHORIZER_PORT (4455). With
STRIPE_WEBHOOK_SECRET it receives Stripe's webhooks on /webhooks/stripe, and with WEBHOOK_CLIENT_ID and
WEBHOOK_CLIENT_SECRET it writes what is paid to app_metadata, for require-subscription.
Exits 0 when stopped by SIGTERM or SIGINT, 1 when the port or the journal is taken or cannot be written, 2 on wrong
configuration. A supervisor starts "node scripts/run.mjs authorizer": npm does not hand signals on.`;

await runCommand(async () => {
  const options = readOptions(USAGE, { env: { type: "string" }, json: { type: "boolean" } });
  if (options === undefined) return;
  const directory = join(import.meta.dirname, "..");
  const environment = await readEnvironment({ directory, name: options.env, processEnv: process.env });
  await runAuthorizer(
    directory,
    environment,
    (url) => console.log(options.json === true ? JSON.stringify({ url }) : `The authorizer answers on ${url}`),
    (line) => console.error(line),
  );
});
