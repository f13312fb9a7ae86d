import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { renderFindings } from "./deploy/checks/finding.ts";
import { planProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { renderPlan, renderPlanJson } from "./deploy/plan/render-plan.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

/** `terraform plan -detailed-exitcode` has 2 for it, which is wrong use here. */
const EXIT_CHANGES = 10;

export async function run({ options, directory, processEnv }: Invocation<"plan">): Promise<number> {
  const environment = await readEnvironment({ directory, name: options.env, processEnv });
  const deletions = options["allow-delete"].map(parseDeletion);
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
}
