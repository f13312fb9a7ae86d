import { type CommandError, EXIT } from "../command.ts";
import { applyPlan } from "../deploy/apply/apply-plan.ts";
import { watchForInterruption } from "../deploy/apply/interruption.ts";
import { renderProgress } from "../deploy/render-progress.ts";
import { createPaint, type Paint } from "../terminal/paint.ts";
import type { Attempt } from "./attempt.ts";
import { confirmWaves } from "./confirm-waves.ts";
import { chooseExitCode, describeFailed, describeUnplanned, type Outcome } from "./outcome.ts";
import { type PlannedEnvironment, type PlanOptions, planEnvironments } from "./plan-environments.ts";
import { renderFailures, renderOutcomes, renderOutcomesJson } from "./render-outcomes.ts";
import { renderPlans, renderWarnings } from "./render-plans.ts";
import { runWaves } from "./run-waves.ts";

type Waves = readonly (readonly string[])[];

interface Output {
  readonly isJson: boolean;
  /** Of what people read: to standard error when standard output is JSON. */
  readonly print: (text: string) => void;
  readonly paint: Paint;
}

interface Ready extends PlannedEnvironment {
  readonly name: string;
}

/**
 * `npm run deploy` of several environments: all are planned before the first is written to, and none is where one cannot be.
 * Resolves to the worst exit code.
 */
export async function deployWaves(
  waves: Waves,
  { isAssumed, isJson, ...options }: PlanOptions & { readonly isAssumed: boolean; readonly isJson: boolean },
): Promise<number> {
  const planned = await planEnvironments(waves.flat(), options);
  const output = chooseOutput(isJson);
  for (const text of renderWarnings(planned)) console.error(text);
  for (const text of renderPlans(planned, output.paint)) output.print(`${text}\n`);
  const ready = planned.flatMap((one) => (one.kind === "failed" ? [] : [{ name: one.name, ...one.value }]));
  if (ready.length < planned.length) return conclude(planned.map(describeUnbegun), output);
  if (!isAssumed && !(await confirmWaves(waves, ready))) {
    output.print("Nothing was changed.");
    return isJson ? conclude(planned.map(describeUnbegun), output) : EXIT.success;
  }
  const { outcomes, interrupted } = await deployReady(waves, ready, output);
  return conclude(
    planned.map((one) => outcomes.get(one.name) ?? describeUnbegun(one)),
    output,
    outcomes.size < planned.length ? interrupted?.exitCode : undefined,
  );
}

function chooseOutput(isJson: boolean): Output {
  return isJson
    ? { isJson, print: console.error, paint: createPaint(process.stderr) }
    : { isJson, print: console.log, paint: createPaint(process.stdout) };
}

async function deployReady(
  waves: Waves,
  ready: readonly Ready[],
  output: Output,
): Promise<{ readonly outcomes: ReadonlyMap<string, Outcome>; readonly interrupted: CommandError | undefined }> {
  const outcomes = new Map<string, Outcome>();
  const interruption = watchForInterruption();
  try {
    await runWaves({
      waves: waves.map((wave) => ready.filter(({ name }) => wave.includes(name))),
      isInterrupted: () => interruption.find() !== undefined,
      async begin(one) {
        const outcome = await deployOne(one, output);
        outcomes.set(one.name, outcome);
        output.print(`${one.name}: ${outcome.result}`);
        return outcome.exitCode === EXIT.success;
      },
    });
  } finally {
    interruption.stopWatching();
  }
  return { outcomes, interrupted: interruption.find() };
}

async function deployOne({ name, plan, prepared }: Ready, { print, paint }: Output): Promise<Outcome> {
  const known = { name, domain: plan.domain, changes: plan.changes.length };
  if (plan.changes.length === 0) return { ...known, result: "nothing to do", exitCode: EXIT.success };
  try {
    await applyPlan({
      plan,
      ...prepared,
      onProgress: (line) => {
        const text = renderProgress(line, paint);
        if (text !== undefined) print(text.replace(/^/gm, `${paint("dim", name)} `));
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
function conclude(outcomes: readonly Outcome[], { isJson, paint }: Output, interrupted?: number): number {
  const exitCode = chooseExitCode([...outcomes.map((outcome) => outcome.exitCode), interrupted]);
  const failures = renderFailures(outcomes);
  if (failures !== "") console.error(`\n${failures}`);
  console.log(isJson ? renderOutcomesJson(outcomes, exitCode) : `\n${renderOutcomes(outcomes, paint)}`);
  return exitCode;
}
