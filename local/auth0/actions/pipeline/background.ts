import { buildPostChangePasswordEvent, buildPostUserRegistrationEvent } from "../event/registration-events.ts";
import type { RunTrigger } from "../handler.ts";
import type { PasswordChangeContext, RegisteredContext } from "../registration-context.ts";
import { listLiveActions } from "./bound-actions.ts";
import { describeRequester } from "./describe-requester.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

/** Nobody waits for these: what becomes of them is in the log. */
export function runPostUserRegistration(pipeline: Pipeline, context: RegisteredContext): void {
  const event = buildPostUserRegistrationEvent(pipeline.tenant, context);
  start(pipeline, "post-user-registration", event, context);
}

export function runPostChangePassword(pipeline: Pipeline, context: PasswordChangeContext): void {
  const event = buildPostChangePasswordEvent(pipeline.tenant, context);
  start(pipeline, "post-change-password", event, context);
}

function start(
  pipeline: Pipeline,
  trigger: RunTrigger,
  event: object,
  context: RegisteredContext | PasswordChangeContext,
): void {
  const { tenant } = pipeline;
  const actions = listLiveActions(tenant, trigger);
  if (actions.length === 0) return;
  runTrigger(pipeline, { trigger, actions, event, roles: [] }).then(
    (result) => recordRun(pipeline, { trigger, result, who: describeRequester(context) }),
    (error: unknown) =>
      tenant.log(`actions: ${trigger} was not run: ${error instanceof Error ? error.message : error}`),
  );
}
