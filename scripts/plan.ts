import { EXIT } from "./command.ts";
import type { Invocation } from "./commands.ts";
import { planProject } from "./deploy/deploy-project.ts";
import { renderPlan } from "./deploy/plan/render-plan.ts";
import { renderPlanJson } from "./deploy/plan/render-plan-json.ts";
import { prepareChosen } from "./environments/prepare-chosen.ts";
import { runPlans } from "./environments/run-plans.ts";
import { createPaint } from "./terminal/paint.ts";

export async function run(invocation: Invocation<"plan">): Promise<number> {
  const { json: isJson } = invocation.options;
  const chosen = await prepareChosen(invocation, "plan");
  if (chosen.kind === "many") return runPlans(chosen.waves.flat(), { ...chosen.project, isJson });
  const { plan } = await planProject(chosen.prepared, chosen.deletions);
  console.log(isJson ? renderPlanJson(plan) : renderPlan(plan, createPaint(process.stdout)).join("\n"));
  return plan.changes.length === 0 ? EXIT.success : EXIT.changes;
}
