import type { PreUserRegistrationTransaction } from "../api/pre-user-registration.ts";
import { mergeMetadata } from "../event/next-event.ts";
import { buildPreUserRegistrationEvent } from "../event/registration-events.ts";
import type { RegistrationOutcome } from "../outcome.ts";
import type { RegistrationContext } from "../registration-context.ts";
import { listLiveActions } from "./bound-actions.ts";
import { describeRequester } from "./describe-requester.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

const TRIGGER = "pre-user-registration";

export async function runPreUserRegistration(
  pipeline: Pipeline,
  context: RegistrationContext,
): Promise<RegistrationOutcome> {
  const { tenant } = pipeline;
  const actions = listLiveActions(tenant, TRIGGER);
  if (actions.length === 0) return { kind: "completed", metadata: {}, actions: [] };

  const event = buildPreUserRegistrationEvent(tenant, context);
  const result = await runTrigger(pipeline, { trigger: TRIGGER, actions, event, roles: [] });
  const record = recordRun(pipeline, { trigger: TRIGGER, result, who: describeRequester(context) });
  const { ending } = result;
  if (ending.kind === "failed") return { kind: "failed", error: ending.error, ...record };
  if (ending.kind === "stopped" && ending.step.type === "refuse-registration") {
    const { reason, userMessage } = ending.step;
    return { kind: "denied", reason, userMessage, ...record };
  }
  const { appMetadata, userMetadata } = result.transaction as PreUserRegistrationTransaction;
  const metadata = {
    ...(appMetadata.size > 0 && { app_metadata: mergeMetadata(context.user.app_metadata, appMetadata) }),
    ...(userMetadata.size > 0 && { user_metadata: mergeMetadata(context.user.user_metadata, userMetadata) }),
  };
  return { kind: "completed", metadata, ...record };
}
