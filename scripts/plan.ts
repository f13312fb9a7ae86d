import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { renderFindings } from "./deploy/checks/finding.ts";
import { planProject } from "./deploy/deploy-project.ts";
import { parseDeletion } from "./deploy/plan/plan-deletions.ts";
import { renderPlan, renderPlanJson } from "./deploy/plan/render-plan.ts";
import { prepareProject } from "./deploy/prepare.ts";
import { chooseEnvironments } from "./environments/choose-environments.ts";
import { runPlans } from "./environments/run-plans.ts";
import { readEnvironment } from "./tenant/read-environment.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run({ options, directory, processEnv }: Invocation<"plan">): Promise<number> {
  const deletions = options["allow-delete"].map(parseDeletion);
  const shared = {
    directory,
    purpose: "plan",
    writeSecrets: options["write-secrets"],
    allowSecretKey: options["allow-secret-key"],
    skipStripeCheck: options["skip-stripe-check"],
  } as const;
  const choice = await chooseEnvironments(directory, options);
  if (choice.kind === "many") {
    return runPlans(choice.waves.flat(), { ...shared, deletions, processEnv, isJson: options.json });
  }
  const environment = await readEnvironment({ directory, name: choice.name, processEnv });
  const prepared = await prepareProject({ ...shared, environment, environmentName: choice.name });
  if (prepared.warnings.length > 0) console.error(renderFindings(prepared.warnings));
  const { plan } = await planProject(prepared, deletions);
  console.log(options.json ? renderPlanJson(plan) : renderPlan(plan, createPaint(process.stdout)).join("\n"));
  return plan.changes.length === 0 ? EXIT.success : EXIT.changes;
}
