import type { TriggerRun } from "../../auth0/actions/pipeline/pipeline.ts";
import type { RequestMade, RunResult } from "../../auth0/actions/runtime/protocol.ts";
import type { TenantState } from "../../auth0/state/tenant-state.ts";
import type { Difference } from "./outline-run.ts";
import { traceChanges } from "./trace-changes.ts";

export interface ActionView {
  readonly id: string;
  readonly name: string;
  /** Absent when the version is not kept any more. */
  readonly version?: number;
  readonly effect: string;
  /** Milliseconds since the first Action began. */
  readonly startedAfterMs: number;
  readonly durationMs: number;
  readonly changes: readonly Difference[];
  /** What it asked for, each once, names only. */
  readonly commands: readonly string[];
  readonly console: readonly string[];
  readonly requests: readonly RequestMade[];
  readonly error?: { readonly message: string; readonly stack?: string; readonly hint?: string };
}

/** The Actions that ran, on one time line. */
export function describeActions(state: TenantState, run: TriggerRun, result: RunResult): readonly ActionView[] {
  const changes = traceChanges(run, result);
  let startedAfterMs = 0;
  return result.runs.map(({ actionId, actionName, versionId, error, ...ran }, index) => {
    const version = state.actionVersions.get(versionId)?.number;
    const began = startedAfterMs;
    startedAfterMs += ran.durationMs;
    return {
      id: actionId,
      name: actionName,
      ...(version !== undefined && { version }),
      effect: ran.effect,
      startedAfterMs: began,
      durationMs: ran.durationMs,
      changes: changes[index] ?? [],
      // The scopes that it asks for are told again with each one that is added.
      commands: [...new Set(ran.commands)],
      console: ran.output.split("\n").filter((line) => line !== ""),
      requests: ran.requests.map(withoutToken),
      ...(error && { error: describeError(error) }),
    };
  });
}

function describeError({ name, message, stack, hint }: NonNullable<RunResult["runs"][number]["error"]>) {
  return {
    message: `${name}: ${message}`,
    ...(stack !== undefined && { stack }),
    ...(hint !== undefined && { hint }),
  };
}

/** A query may carry a session's or a person's token. */
const TOKEN = /([?&][^=&]*(?:token|code|secret|assertion|password)[^=&]*=)[^&]*/gi;

const withoutToken = ({ url, ...request }: RequestMade): RequestMade => ({
  ...request,
  url: url.replaceAll(TOKEN, "$1…"),
});
