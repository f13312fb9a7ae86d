import { join } from "node:path";
import { EXIT, runCommand } from "./command.ts";
import { planProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { renderPlan, renderPlanJson } from "./deploy/plan/render-plan.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { readOptions } from "./terminal/options.ts";
import { createPaint } from "./terminal/paint.ts";

/** `terraform plan -detailed-exitcode` has 2 for it, which is wrong use here. */
const EXIT_CHANGES = 10;

const usage = `Usage: npm run plan -- [--env <name>] [--json] [--allow-delete=<type>:<name>]...

Builds, reads the tenant and prints what a deploy would change, field by field; sends nothing but reads.

  --env <name>                  use environments/<name>.env as well
  --json                        print the plan as JSON, and nothing else (docs/deploy.md says its form)
  --allow-delete=<type>:<name>  plan the deletion of exactly this

Exits 0 when there is nothing to do, 10 when there are changes, 2 on wrong use or configuration, 1 when something failed.`;

await runCommand(async () => {
  const options = readOptions(usage, {
    env: { type: "string" },
    json: { type: "boolean" },
    "allow-delete": { type: "string", multiple: true },
  });
  if (options === undefined) return EXIT.success;
  const directory = join(import.meta.dirname, "..");
  const environment = await readEnvironment({ directory, name: options.env, processEnv: process.env });
  const deletions = (options["allow-delete"] ?? []).map(parseDeletion);
  const { plan } = await planProject(await prepareProject({ directory, environment }), deletions);
  console.log(options.json ? renderPlanJson(plan) : renderPlan(plan, createPaint(process.stdout)).join("\n"));
  return plan.changes.length === 0 ? EXIT.success : EXIT_CHANGES;
});
