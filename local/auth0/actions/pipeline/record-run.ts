import { newId } from "../../ids.ts";
import type { LogEvent } from "../../logs.ts";
import type { ActionExecution } from "../../state/action.ts";
import { isoTime } from "../../timestamps.ts";
import type { RunTrigger } from "../handler.ts";
import type { ActionFailure, ActionRun, ActionsLogDetails } from "../outcome.ts";
import type { RunResult, WatchedRun } from "../runtime/protocol.ts";
import type { Pipeline } from "./pipeline.ts";

/** Auth0 keeps executions for days, a local tenant by number: at least this many, the newest. */
const KEPT_EXECUTIONS = 10_000;
const DROPPED_AT_ONCE = 500;
/** Auth0 docs, "Actions limitations": as many characters of output are stored. */
const STORED_OUTPUT = 256;

export interface RunRecord {
  readonly executionId: string;
  readonly actions: readonly ActionRun[];
  readonly logDetails: ActionsLogDetails;
}

export interface RunToRecord {
  readonly trigger: RunTrigger;
  readonly result: RunResult;
  /** Of the run that a redirect interrupted: this one goes on with it. */
  readonly executionId?: string;
  /** Whose login it was, for the log entry of a failure. */
  readonly who: Omit<LogEvent, "type" | "details">;
}

/** Keeps the run for `GET /actions/executions/{id}`, and a failure in the tenant log. */
export function recordRun({ tenant }: Pipeline, run: RunToRecord): RunRecord {
  const { trigger, result, who } = run;
  const now = isoTime(tenant.clock());
  const earlier = run.executionId === undefined ? undefined : tenant.state.actionExecutions.get(run.executionId);
  const id = earlier?.id ?? newId.uuid();
  const isSuspended = result.ending.kind === "stopped" && result.ending.step.type === "redirect";
  tenant.state.actionExecutions.set(id, {
    id,
    trigger_id: trigger,
    status: isSuspended ? "suspended" : "final",
    results: [...(earlier?.results ?? []), ...result.runs.map(renderResult)],
    created_at: earlier?.created_at ?? now,
    updated_at: now,
  });
  dropOldExecutions(tenant.state.actionExecutions);
  if (result.ending.kind === "failed") {
    const details = describeFailedRun(trigger, id, result.runs.at(-1), result.ending.error);
    tenant.logs.write({ ...who, type: "actions_execution_failed", details });
    const name = result.runs.at(-1)?.actionName ?? trigger;
    const hint = result.ending.error.hint ?? "see actions_execution_failed in the tenant log";
    const { errorClass, place } = result.ending.error;
    const where = place === undefined ? "" : ` at ${place}`;
    // Without the message: it is the Action's own, and may say whose login it was.
    tenant.log(`actions: ${name} failed (${errorClass})${where}: ${hint}`);
  }
  return { executionId: id, actions: result.runs.map(withoutValues), logDetails: renderLogDetails(id, result.runs) };
}

function withoutValues({ effects: _, requests: __, ...run }: WatchedRun): ActionRun {
  return run;
}

function renderResult({ actionName, startedAt, endedAt, error }: ActionRun): ActionExecution["results"][number] {
  return {
    action_name: actionName,
    ...(error && { error: { id: error.errorClass, msg: error.message, url: "" } }),
    started_at: isoTime(startedAt),
    ended_at: isoTime(endedAt),
  };
}

function renderLogDetails(id: string, runs: readonly ActionRun[]): ActionsLogDetails {
  return {
    executions: [id],
    results: runs.map(({ actionName, versionId, durationMs, effect, commands, output, error }) => ({
      action_name: actionName,
      version_id: versionId,
      duration_ms: Math.round(durationMs * 1000) / 1000,
      effect,
      commands,
      output: output.slice(0, STORED_OUTPUT),
      ...(error && { error: describeError(error) }),
    })),
  };
}

/** Auth0's log schema, type `actions_execution_failed`. */
function describeFailedRun(trigger: RunTrigger, id: string, run: ActionRun | undefined, error: ActionFailure) {
  const { errorClass, code, stack } = error;
  return {
    trigger_id: trigger,
    execution_id: id,
    ...(run && {
      action_id: run.actionId,
      action_name: run.actionName,
      version_id: run.versionId,
      binding_id: run.bindingId,
    }),
    error_class: errorClass,
    action_error: {
      ...describeError(error),
      ...(code !== undefined && { code }),
      ...(stack !== undefined && { stack }),
    },
  };
}

/** `cause` and `place` are this tenant's own. */
function describeError({ name, message, cause, place }: ActionFailure) {
  return { name, message, ...(cause !== undefined && { cause }), ...(place !== undefined && { place }) };
}

function dropOldExecutions(executions: Pipeline["tenant"]["state"]["actionExecutions"]): void {
  if (executions.size < KEPT_EXECUTIONS + DROPPED_AT_ONCE) return;
  for (const { id } of executions.values().slice(0, DROPPED_AT_ONCE)) executions.delete(id);
}
