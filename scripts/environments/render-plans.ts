import { renderFindings } from "../deploy/checks/finding.ts";
import { describePlan, renderPlan } from "../deploy/plan/render-plan.ts";
import type { Paint } from "../terminal/paint.ts";
import type { Attempt } from "./attempt.ts";
import type { Outcome } from "./outcome.ts";
import type { PlannedEnvironment } from "./plan-environments.ts";
import { describeOutcome } from "./render-outcomes.ts";

type Planned = readonly Attempt<PlannedEnvironment>[];

/** Each under its environment's name. */
export function renderPlans(planned: Planned, paint: Paint): readonly string[] {
  return planned.flatMap((one) =>
    one.kind === "failed" ? [] : [[`${one.name}:`, ...renderPlan(one.value.plan, paint)].join("\n")],
  );
}

/** For standard error. */
export function renderWarnings(planned: Planned): readonly string[] {
  return planned.flatMap((one) => {
    const warnings = one.kind === "failed" ? [] : one.value.prepared.warnings;
    return warnings.length === 0 ? [] : [`${one.name}:\n${renderFindings(warnings)}`];
  });
}

/** The documented form of `--json` for several (docs/deploy.md). A change to its shape is a new version. */
export function renderPlansJson(planned: Planned, outcomes: readonly Outcome[], exitCode: number): string {
  const environments = outcomes.map((outcome, index) => {
    const one = planned[index];
    return {
      ...describeOutcome(outcome),
      ...(one?.kind === "succeeded" && { plan: describePlan(one.value.plan) }),
    };
  });
  return JSON.stringify({ version: 1, exitCode, environments }, undefined, 2);
}
