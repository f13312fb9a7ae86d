import { type CommandError, EXIT } from "../command.ts";
import { applyPlan } from "../deploy/apply/apply-plan.ts";
import { watchForInterruption } from "../deploy/apply/interruption.ts";
import { renderProgress } from "../deploy/render-progress.ts";
import { createPaint, type Paint } from "../terminal/paint.ts";
import type { Attempt } from "./attempt.ts";
import { confirmWaves } from "./confirm-waves.ts";
import { chooseExitCode, describeFailed, describeUnplanned, type Outcome } from "./outcome.ts";
import { type PlannedEnvironment, type PlanOptions, planEnvironments } from "./plan-environments.ts";
import { renderFailures, renderOutcomes } from "./render-outcomes.ts";
import { renderPlans, renderWarnings } from "./render-plans.ts";
import { runWaves } from "./run-waves.ts";

type Waves = readonly (readonly string[])[];

interface Ready extends PlannedEnvironment {
  readonly name: string;
}

/**
 * `npm run deploy` of several environments: all are planned before the first is written to, and none is where one cannot be.
 * Resolves to the worst exit code.
 */
export async function deployWaves(
  waves: Waves,
  options: PlanOptions & { readonly isAssumed: boolean },
): Promise<number> {
  const planned = await planEnvironments(waves.flat(), options);
  const paint = createPaint(process.stdout);
  for (const text of renderWarnings(planned)) console.error(text);
  for (const text of renderPlans(planned, paint)) console.log(`${text}\n`);
  const ready = planned.flatMap((one) => (one.kind === "failed" ? [] : [{ name: one.name, ...one.value }]));
  if (ready.length < planned.length) return conclude(planned.map(describeUnbegun), paint);
  if (!options.isAssumed && !(await confirmWaves(waves, ready))) {
    console.log("Nothing was changed.");
    return EXIT.success;
  }
  const { outcomes, interrupted } = await deployReady(waves, ready, paint);
  return conclude(
    planned.map((one) => outcomes.get(one.name) ?? describeUnbegun(one)),
    paint,
    outcomes.size < planned.length ? interrupted?.exitCode : undefined,
  );
}

async function deployReady(
  waves: Waves,
  ready: readonly Ready[],
  paint: Paint,
): Promise<{ readonly outcomes: ReadonlyMap<string, Outcome>; readonly interrupted: CommandError | undefined }> {
  const outcomes = new Map<string, Outcome>();
  const interruption = watchForInterruption();
  try {
    await runWaves({
      waves: waves.map((wave) => ready.filter(({ name }) => wave.includes(name))),
      isInterrupted: () => interruption.find() !== undefined,
      async begin(one) {
        const outcome = await deployOne(one, paint);
        outcomes.set(one.name, outcome);
        console.log(`${one.name}: ${outcome.result}`);
        return outcome.exitCode === EXIT.success;
      },
    });
  } finally {
    interruption.stopWatching();
  }
  return { outcomes, interrupted: interruption.find() };
}

async function deployOne({ name, plan, prepared }: Ready, paint: Paint): Promise<Outcome> {
  const known = { name, domain: plan.domain, changes: plan.changes.length };
  if (plan.changes.length === 0) return { ...known, result: "nothing to do", exitCode: EXIT.success };
  try {
    await applyPlan({
      plan,
      ...prepared,
      onProgress: (line) => {
        const text = renderProgress(line, paint);
        if (text !== undefined) console.log(text.replace(/^/gm, `${paint("dim", name)} `));
      },
    });
    return { ...known, result: "deployed", exitCode: EXIT.success };
  } catch (error) {
    return { ...known, ...describeFailed(error) };
  }
}

function describeUnbegun(one: Attempt<PlannedEnvironment>): Outcome {
  if (one.kind === "failed") return describeUnplanned(one);
  const { domain, changes } = one.value.plan;
  return { name: one.name, domain, result: "not begun", changes: changes.length };
}

/** @param interrupted exit code of an end that came between two environments */
function conclude(outcomes: readonly Outcome[], paint: Paint, interrupted?: number): number {
  const failures = renderFailures(outcomes);
  if (failures !== "") console.error(`\n${failures}`);
  console.log(`\n${renderOutcomes(outcomes, paint)}`);
  return chooseExitCode([...outcomes.map(({ exitCode }) => exitCode), interrupted]);
}
