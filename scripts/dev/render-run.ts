import type { ActionRun } from "../../local/auth0/actions/outcome.ts";
import type { TriggerRun } from "../../local/auth0/actions/pipeline/pipeline.ts";
import type { RunResult } from "../../local/auth0/actions/runtime/protocol.ts";
import { describeSubject } from "../../local/console/runs/describe-subject.ts";
import { renderEnding } from "../../local/console/runs/outline-run.ts";
import type { Paint } from "../terminal/paint.ts";

/** A run as it happened: whose it was and how it ended, then each Action with what it asked for and printed. */
export function renderRun(run: TriggerRun, { ending, runs }: RunResult, paint: Paint): string {
  const colour = ending.kind === "completed" ? "green" : "red";
  const width = Math.max(...runs.map(({ actionName }) => actionName.length));
  return [
    `${run.trigger}  ${renderSubject(run)}: ${paint(colour, renderEnding(ending))}`,
    ...runs.flatMap((ran) => renderAction(ran, width, paint)),
  ].join("\n");
}

/** Whose run it was: a machine's has no user. */
export function renderSubject(run: Pick<TriggerRun, "event">): string {
  const { who, client } = describeSubject(run);
  return [who, client].filter(Boolean).join(" at ") || "nobody";
}

function renderAction({ actionName, durationMs, effect, commands, output }: ActionRun, width: number, paint: Paint) {
  const head = `  ${actionName.padEnd(width)}  ${durationMs.toFixed(1).padStart(7)} ms  ${effect}`;
  return [
    head,
    // The scopes that it asks for are told again with each one that is added.
    ...[...new Set(commands)].map((command) => paint("dim", `    ${command}`)),
    ...output
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `    | ${line}`),
  ];
}
