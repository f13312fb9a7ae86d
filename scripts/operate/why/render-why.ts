import type { Paint } from "../../terminal/paint.ts";
import { renderTable } from "../../terminal/table.ts";
import { foldLines, TERMINAL_WIDTH } from "../../terminal/wrap.ts";
import type { Explanation } from "./explain-entry.ts";
import type { ExplainedAction } from "./read-actions.ts";

export interface Answer {
  readonly domain: string;
  /** Whether logins that succeeded are among them. */
  readonly all: boolean;
  /** The newest first. */
  readonly explanations: readonly Explanation[];
  /** ISO 8601 */
  readonly lastSuccess?: string | undefined;
}

export function renderWhy({ domain, all, explanations, lastSuccess }: Answer, paint: Paint): string {
  const parts = explanations.map((explanation) => renderExplanation(explanation, paint));
  if (explanations.length === 0) parts.push(`The log of ${domain} has no ${all ? "" : "failed "}login of this user.`);
  if (lastSuccess !== undefined) parts.push(`The newest login that succeeded: ${lastSuccess}`);
  return parts.join("\n\n");
}

function renderExplanation(explanation: Explanation, paint: Paint): string {
  const { date, what, type, logId, notes } = explanation;
  const facts = [
    ["reason", explanation.reason],
    ["client", explanation.client],
    ["connection", explanation.connection],
    ["organization", explanation.organization],
    ["user", explanation.userId],
    ["entry", logId],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined);
  return [
    `${date}  ${paint("bold", what)} ${paint("dim", `(${type})`)}`,
    ...facts.map(([name, value]) => `  ${paint("dim", name.padEnd(12))}  ${indent(value, 16)}`),
    ...renderActions(explanation.actions, paint),
    ...notes.map((note) => `  ${paint("dim", indent(note, 2))}`),
  ].join("\n");
}

function renderActions(actions: readonly ExplainedAction[], paint: Paint): readonly string[] {
  if (actions.length === 0) return [`  ${paint("dim", "actions".padEnd(12))}  none ran, as far as the tenant says`];
  const header = ["ACTION", "TOOK", "EFFECT", "OUTPUT"].map((title) => paint("dim", title));
  const rows = actions.map(({ name, durationMs, effect, output, error }) => [
    name,
    durationMs === undefined ? "-" : `${Math.round(durationMs * 10) / 10} ms`,
    effect === "denied" || effect === "failed" ? paint("red", effect) : (effect ?? "-"),
    [error, output].filter((text) => text !== undefined).join("\n") || "-",
  ]);
  return renderTable(header, rows, TERMINAL_WIDTH - 2)
    .split("\n")
    .map((line) => `  ${line}`);
}

/** As it stands so many columns from the left. */
const indent = (text: string, by: number): string =>
  foldLines(text, TERMINAL_WIDTH - by).replaceAll("\n", `\n${" ".repeat(by)}`);

/** For scripts. A change to its shape is a new version. */
export function renderWhyJson({ domain, explanations, lastSuccess = undefined }: Answer): string {
  return JSON.stringify({ version: 1, domain, entries: explanations, lastSuccess: lastSuccess ?? null }, undefined, 2);
}
