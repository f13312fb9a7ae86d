import { join, resolve } from "node:path";
import { runCommand } from "./command.ts";
import { generateGateways } from "./gateways/generate.ts";
import { readInputs } from "./gateways/read-inputs.ts";
import { renderSummary } from "./gateways/render-summary.ts";
import { writeFolders } from "./gateways/write-folders.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";

const USAGE = `Usage: npm run gateways -- [--env <name>] [--out <directory>] [--json]

Makes a folder for each gateway from tenant.yaml, routes.yaml, stripe.json and the environment: what to copy to where the
gateway runs. The same input makes the same files. docs/gateways.md says which gateway can do what.

  --env <name>       take environments/<name>.env as well
  --out <directory>  write there instead of dist/gateways
  --json             print one line of JSON instead of the summary

Reads AUTH0_DOMAIN (or AUTH0_ISSUER), API_IDENTIFIER, AUTHORIZER_URL (http://127.0.0.1:4455), GATEWAY_PORT (8080),
GATEWAY_RATE_LIMIT (requests a minute and subject, 300), GATEWAY_SCOPE_CLAIM (scope, permissions), GATEWAY_PAID_SCOPES
(authorizer, token), GATEWAY_CA_FILE.
Exits 0 when all is written, 2 when the input does not fit together; then nothing is written.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    env: { type: "string" },
    out: { type: "string" },
    json: { type: "boolean" },
  });
  if (options === undefined) return;
  const directory = join(import.meta.dirname, "..");
  const environment = await readEnvironment({ directory, name: options.env, processEnv: process.env });
  const folders = await generateGateways(await readInputs(directory, environment, options.env));
  const out = resolve(options.out ?? join(directory, "dist/gateways"));
  await writeFolders(out, folders);
  const plain = folders.map(({ name, files, warnings }) => ({ name, files: files.map(({ path }) => path), warnings }));
  console.log(options.json === true ? JSON.stringify({ out, gateways: plain }) : renderSummary(out, plain));
});
