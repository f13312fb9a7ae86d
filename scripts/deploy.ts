import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { renderFindings } from "./deploy/checks/finding.ts";
import { createConfirm } from "./deploy/confirm.ts";
import { deployProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { renderDeployment } from "./deploy/render-deployment.ts";
import { renderProgress } from "./deploy/render-progress.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

const USAGE = `Usage: npm run deploy -- [--env <name>] [--yes] [--allow-delete=<type>:<name>]...
                  [--write-secrets=<type>:<name>]... [--allow-secret-key] [--skip-stripe-check]

Builds the Actions, plans, writes what differs from tenant.yaml to the tenant in the environment, and checks what is live
afterwards; if that is not right, what was live before comes back. AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET and
the keywords of tenant.yaml come from .env, from environments/<name>.env and from the process's environment; later wins.

  --env <name>                   use environments/<name>.env as well
  --yes                          do not ask before a change to a tenant that is not marked as development
  --allow-delete=<type>:<name>   delete exactly this, after unbinding it; nothing else is ever deleted
  --write-secrets=<type>:<name>  write the secrets of this entry again; the plan lists what Auth0 never returns
  --allow-secret-key             take a secret Stripe key where a restricted one is asked for
  --skip-stripe-check            do not ask Stripe what the key may do

Exits 0 when what is live is what tenant.yaml says, 1 when something failed, 2 on wrong use or when a variable, a
key or a scope is not as it must be: then nothing was sent.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    env: { type: "string" },
    yes: { type: "boolean" },
    "allow-delete": { type: "string", multiple: true },
    "write-secrets": { type: "string", multiple: true },
    "allow-secret-key": { type: "boolean" },
    "skip-stripe-check": { type: "boolean" },
  });
  if (options === undefined) return EXIT.success;
  const directory = join(import.meta.dirname, "..");
  const environment = await readEnvironment({ directory, name: options.env, processEnv: process.env });
  const deletions = (options["allow-delete"] ?? []).map(parseDeletion);
  const paint = createPaint(process.stdout);
  const prepared = await prepareProject({
    directory,
    environment,
    environmentName: options.env,
    deletions,
    writeSecrets: options["write-secrets"],
    allowSecretKey: options["allow-secret-key"],
    skipStripeCheck: options["skip-stripe-check"],
  });
  if (prepared.warnings.length > 0) console.error(renderFindings(prepared.warnings));
  const deployment = await deployProject({
    prepared,
    deletions,
    confirm: createConfirm({ environment, isAssumed: options.yes === true, paint }),
    onProgress: (line) => {
      const text = renderProgress(line, paint);
      if (text !== undefined) console.log(text);
    },
  });
  console.log(renderDeployment(deployment, prepared.build, paint));
  return EXIT.success;
});
