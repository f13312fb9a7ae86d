import { EXIT } from "../command.ts";
import { renderFindings } from "../deploy/checks/finding.ts";
import { describePlan, renderPlan } from "../deploy/plan/render-plan.ts";
import { createPaint } from "../terminal/paint.ts";
import type { Attempt } from "./attempt.ts";
import { chooseExitCode, describeFailed, type Outcome } from "./outcome.ts";
import { type PlannedEnvironment, type PlanOptions, planEnvironments } from "./plan-environments.ts";
import { renderFailures, renderOutcomes } from "./render-outcomes.ts";

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

/** Each under its environment's name. */
export function renderPlans(
  planned: readonly Attempt<PlannedEnvironment>[],
  paint: Parameters<typeof renderPlan>[1],
): readonly string[] {
  return planned.flatMap((one) =>
    one.kind === "failed" ? [] : [[`${one.name}:`, ...renderPlan(one.value.plan, paint)].join("\n")],
  );
}

export function renderWarnings(planned: readonly Attempt<PlannedEnvironment>[]): readonly string[] {
  return planned.flatMap((one) => {
    const warnings = one.kind === "failed" ? [] : one.value.prepared.warnings;
    return warnings.length === 0 ? [] : [`${one.name}:\n${renderFindings(warnings)}`];
  });
}

function describePlanned(one: Attempt<PlannedEnvironment>): Outcome {
  if (one.kind === "failed") return { name: one.name, ...describeFailed(one.error) };
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

/** The documented form of `--json` for several (docs/deploy.md). A change to its shape is a new version. */
function renderPlansJson(
  planned: readonly Attempt<PlannedEnvironment>[],
  outcomes: readonly Outcome[],
  exitCode: number,
): string {
  const environments = outcomes.map(({ name, result, failure, ...outcome }, index) => {
    const one = planned[index];
    return {
      environment: name,
      domain: outcome.domain ?? null,
      result,
      changes: outcome.changes ?? null,
      exitCode: outcome.exitCode,
      ...(one?.kind === "succeeded" && { plan: describePlan(one.value.plan) }),
      ...(failure !== undefined && { error: { code: failure.code ?? null, message: failure.text } }),
    };
  });
  return JSON.stringify({ version: 1, exitCode, environments }, undefined, 2);
}
