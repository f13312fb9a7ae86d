import { EXIT } from "../command.ts";
import { createPaint } from "../terminal/paint.ts";
import type { Attempt } from "./attempt.ts";
import { chooseExitCode, describeUnplanned, type Outcome } from "./outcome.ts";
import { type PlannedEnvironment, type PlanOptions, planEnvironments } from "./plan-environments.ts";
import { renderFailures, renderOutcomes } from "./render-outcomes.ts";
import { renderPlans, renderPlansJson, renderWarnings } from "./render-plans.ts";

/** `npm run plan` of several environments. Resolves to the worst exit code. */
export async function runPlans(
  names: readonly string[],
  { isJson, ...options }: PlanOptions & { readonly isJson: boolean },
): Promise<number> {
  const planned = await planEnvironments(names, options);
  for (const text of renderWarnings(planned)) console.error(text);
  const outcomes = planned.map(describePlanned);
  const exitCode = chooseExitCode(outcomes.map((outcome) => outcome.exitCode));
  if (isJson) {
    console.log(renderPlansJson(planned, outcomes, exitCode));
    return exitCode;
  }
  const paint = createPaint(process.stdout);
  for (const text of renderPlans(planned, paint)) console.log(`${text}\n`);
  const failures = renderFailures(outcomes);
  if (failures !== "") console.error(`${failures}\n`);
  console.log(renderOutcomes(outcomes, paint));
  return exitCode;
}

function describePlanned(one: Attempt<PlannedEnvironment>): Outcome {
  if (one.kind === "failed") return describeUnplanned(one);
  const { domain, changes } = one.value.plan;
  return {
    name: one.name,
    domain,
    changes: changes.length,
    ...(changes.length === 0
      ? { result: "nothing to do", exitCode: EXIT.success }
      : { result: "changes", exitCode: EXIT.changes }),
  };
}
