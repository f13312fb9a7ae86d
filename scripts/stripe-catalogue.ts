import { join } from "node:path";
import { runCommand } from "./command.ts";
import { runCatalogue } from "./stripe-catalogue/run-catalogue.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const USAGE = `Usage: npm run stripe:catalogue -- [--env <name>] [--apply [--yes]] [--json]

Compares Stripe's products, prices and meters with the paid scopes in stripe.json and prints what is missing; with --apply it
is made. Nothing is ever deleted or archived, and a second run has nothing to do. Then prints the restricted keys to make,
with links that fill in the dashboard's form, and the events that the webhook endpoint takes.

  --env <name>  take environments/<name>.env as well
  --apply       make what is missing; asks first where the key is a live one
  --yes         do not ask
  --json        print one line of JSON and nothing else

Reads STRIPE_CATALOGUE_KEY, and STRIPE_API_URL where Stripe is not api.stripe.com.
Exits 0 when there is nothing (more) to do, 10 when there is, 2 on wrong use or configuration, 1 when something failed.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    env: { type: "string" },
    apply: { type: "boolean" },
    yes: { type: "boolean" },
    json: { type: "boolean" },
  });
  if (options === undefined) return;
  const directory = join(import.meta.dirname, "..");
  return runCatalogue({
    directory,
    environment: await readEnvironment({ directory, name: options.env, processEnv: process.env }),
    apply: options.apply === true,
    yes: options.yes === true,
    json: options.json === true,
    print: (text) => console.log(text),
    paint: createPaint(process.stdout),
  });
});
