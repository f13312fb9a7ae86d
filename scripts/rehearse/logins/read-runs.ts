import type { ActionExecution } from "../../../local/auth0/state/action.ts";
import type { LogEntry } from "../../../local/auth0/state/log-entry.ts";
import { isMapping } from "../../tenant/shape.ts";
import type { ActionRun, Effect } from "./observation.ts";

interface Executions {
  get(id: string): ActionExecution | undefined;
}

const EFFECTS: Readonly<Record<string, Effect>> = {
  none: "passed",
  changed: "changed",
  denied: "denied",
  redirected: "redirected",
  challenged: "challenged",
  failed: "failed",
};

/**
 * The Actions of the newest run among these entries. An entry has those from the last redirect on, with what each did; the
 * execution that it names has all of them: those before, of which the last sent the browser away.
 */
export function readRuns(entries: readonly Pick<LogEntry, "details">[], executions: Executions): readonly ActionRun[] {
  const details = entries.map((entry) => readActions(entry.details)).findLast((found) => found !== undefined);
  if (details === undefined) return [];
  const since = details.results.map(
    (result): ActionRun => ({
      name: String(result.action_name),
      milliseconds: Number(result.duration_ms),
      effect: EFFECTS[String(result.effect)] ?? "failed",
    }),
  );
  const all = executions.get(details.execution)?.results ?? [];
  const before = all.slice(0, Math.max(0, all.length - since.length));
  return [
    ...before.map(
      ({ action_name: name, started_at, ended_at }, index): ActionRun => ({
        name,
        milliseconds: Date.parse(ended_at) - Date.parse(started_at),
        effect: index === before.length - 1 ? "redirected" : "passed",
      }),
    ),
    ...since,
  ];
}

function readActions(
  details: unknown,
): { readonly execution: string; readonly results: readonly Record<string, unknown>[] } | undefined {
  const actions = isMapping(details) ? details.actions : undefined;
  if (!isMapping(actions) || !Array.isArray(actions.executions) || !Array.isArray(actions.results)) return undefined;
  return { execution: String(actions.executions[0]), results: actions.results.filter(isMapping) };
}
