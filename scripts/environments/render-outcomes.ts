import { renderFailure } from "../command.ts";
import type { Paint, Style } from "../terminal/paint.ts";
import { renderTable } from "../terminal/table.ts";
import type { Outcome } from "./outcome.ts";

/** The table at the end, in the order of the names. */
export function renderOutcomes(outcomes: readonly Outcome[], paint: Paint): string {
  const header = ["ENVIRONMENT", "TENANT", "RESULT", "CHANGES", "EXIT CODE"].map((title) => paint("dim", title));
  const rows = outcomes.map(({ name, domain, result, changes, exitCode, failure }) => [
    name,
    domain ?? "-",
    paint(styleOf(exitCode), result) + (failure?.code === undefined ? "" : `  [${failure.code}]`),
    changes === undefined ? "-" : String(changes),
    exitCode === undefined ? "-" : String(exitCode),
  ]);
  return renderTable(header, rows);
}

function styleOf(exitCode: number | undefined): Style {
  if (exitCode === undefined) return "dim";
  if (exitCode === 0) return "green";
  return exitCode === 10 ? "yellow" : "red";
}

/** For standard error: why what failed did. */
export function renderFailures(outcomes: readonly Outcome[]): string {
  return outcomes
    .flatMap(({ name, failure }) => (failure === undefined ? [] : [`${name}: ${renderFailure(failure)}`]))
    .join("\n\n");
}

/** As JSON has it (docs/deploy.md). */
export function describeOutcome({ name, domain, result, changes, exitCode, failure }: Outcome) {
  return {
    environment: name,
    domain: domain ?? null,
    result,
    changes: changes ?? null,
    exitCode: exitCode ?? null,
    ...(failure !== undefined && { error: { code: failure.code ?? null, message: failure.message } }),
  };
}

/** The table for scripts. A change to its shape is a new version. */
export function renderOutcomesJson(outcomes: readonly Outcome[], exitCode: number): string {
  return JSON.stringify({ version: 1, exitCode, environments: outcomes.map(describeOutcome) }, undefined, 2);
}
