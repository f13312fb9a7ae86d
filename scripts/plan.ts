import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { renderFindings } from "./deploy/checks/finding.ts";
import { planProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { renderPlan, renderPlanJson } from "./deploy/plan/render-plan.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

/** `terraform plan -detailed-exitcode` has 2 for it, which is wrong use here. */
const EXIT_CHANGES = 10;

const USAGE = `Usage: npm run plan -- [--env <name>] [--json] [--allow-delete=<type>:<name>]...
                  [--write-secrets=<type>:<name>]... [--allow-secret-key] [--skip-stripe-check]

Builds, reads the tenant and prints what a deploy would change, field by field; sends nothing but reads.

  --env <name>                   use environments/<name>.env as well
  --json                         print the plan as JSON, and nothing else (docs/deploy.md says its form)
  --allow-delete=<type>:<name>   plan the deletion of exactly this
  --write-secrets=<type>:<name>  write the secrets of this entry again; the plan lists what Auth0 never returns
  --allow-secret-key             take a secret Stripe key where a restricted one is asked for
  --skip-stripe-check            do not ask Stripe what the key may do

Exits 0 when there is nothing to do, 10 when there are changes, 2 on wrong use or configuration, 1 when something failed.`;

await runCommand(async () => {
  const options = readOptions(USAGE, {
    env: { type: "string" },
    json: { type: "boolean" },
    "allow-delete": { type: "string", multiple: true },
    "write-secrets": { type: "string", multiple: true },
    "allow-secret-key": { type: "boolean" },
    "skip-stripe-check": { type: "boolean" },
  });
  if (options === undefined) return EXIT.success;
  const directory = join(import.meta.dirname, "..");
  const environment = await readEnvironment({ directory, name: options.env, processEnv: process.env });
  const deletions = (options["allow-delete"] ?? []).map(parseDeletion);
  const prepared = await prepareProject({
    directory,
    environment,
    environmentName: options.env,
    purpose: "plan",
    writeSecrets: options["write-secrets"],
    allowSecretKey: options["allow-secret-key"],
    skipStripeCheck: options["skip-stripe-check"],
  });
  if (prepared.warnings.length > 0) console.error(renderFindings(prepared.warnings));
  const { plan } = await planProject(prepared, deletions);
  console.log(options.json ? renderPlanJson(plan) : renderPlan(plan, createPaint(process.stdout)).join("\n"));
  return plan.changes.length === 0 ? EXIT.success : EXIT_CHANGES;
});
