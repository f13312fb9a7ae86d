import { isMapping } from "../../tenant/shape.ts";
import { dropUndefined, type Fields, readText, toFields } from "./fields.ts";

/** An Action of the login that an entry is about. */
export interface ExplainedAction {
  readonly name: string;
  readonly durationMs?: number;
  /** `denied`, `failed`, …: only the local tenant says it. */
  readonly effect?: string;
  /** What it printed, as far as the tenant keeps it. */
  readonly output?: string;
  readonly error?: string;
}

/** Of a run, or of an entry that tells of one. */
export function readResults(results: unknown): readonly ExplainedAction[] {
  return Array.isArray(results) ? results.filter(isMapping).map(readResult) : [];
}

function readResult(result: Fields): ExplainedAction {
  const error = toFields(result.error);
  const response = toFields(result.response);
  return {
    name: readText(result.action_name) ?? "an Action without a name",
    ...dropUndefined({
      durationMs: readDuration(result),
      effect: readText(result.effect),
      output: readText(result.output) ?? readText(result.logs) ?? readText(response.logs),
      error: renderError(error) ?? readText(result.error),
    }),
  };
}

/** `actions_execution_failed` is about one Action. */
export function readFailedAction(details: Fields): readonly ExplainedAction[] {
  const name = readText(details.action_name);
  if (name === undefined) return [];
  const error = renderError(toFields(details.action_error)) ?? readText(details.error_class);
  return [{ name, effect: "failed", ...dropUndefined({ error }) }];
}

function renderError(error: Fields): string | undefined {
  const parts = [readText(error.name) ?? readText(error.id), readText(error.message) ?? readText(error.msg)];
  const [cause, place] = [readText(error.cause), readText(error.place)];
  const text = parts.filter((part) => part !== undefined).join(": ");
  const because = cause === undefined ? "" : ` (${cause})`;
  return `${text}${because}${place === undefined ? "" : ` at ${place}`}` || undefined;
}

function readDuration({ duration_ms: measured, started_at: start, ended_at: end }: Fields): number | undefined {
  if (typeof measured === "number") return measured;
  const milliseconds = Date.parse(readText(end) ?? "") - Date.parse(readText(start) ?? "");
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
