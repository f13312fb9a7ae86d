import { renderFindings } from "../deploy/checks/finding.ts";
import type { Change } from "../deploy/plan/change.ts";
import { renderChange } from "../deploy/plan/render-change.ts";
import { renderPlan } from "../deploy/plan/render-plan.ts";
import { describePlan } from "../deploy/plan/render-plan-json.ts";
import type { Paint } from "../terminal/paint.ts";
import type { Attempt } from "./attempt.ts";
import type { Outcome } from "./outcome.ts";
import type { PlannedEnvironment } from "./plan-environments.ts";
import { describeOutcome } from "./render-outcomes.ts";

type Planned = readonly Attempt<PlannedEnvironment>[];

/** Each under its environment's name. A change that an environment before it has as well is counted, and not shown again. */
export function renderPlans(
  planned: readonly Attempt<Pick<PlannedEnvironment, "plan">>[],
  paint: Paint,
): readonly string[] {
  const shownFor = new Map<string, string>();
  return planned.flatMap((one) => {
    if (one.kind === "failed") return [];
    const { plan } = one.value;
    const shown = new Map<Change, string>();
    for (const change of plan.changes) {
      // The tenant's own name stands in some of them.
      const text = renderChange(change).join("\n").replaceAll(plan.domain, "");
      const former = shownFor.get(text);
      if (former === undefined) shownFor.set(text, one.name);
      else shown.set(change, former);
    }
    return [[`${one.name}:`, ...renderPlan(plan, paint, shown)].join("\n")];
  });
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
