import type { Event } from "@auth0/actions/event-stream/v1";
import type { CloudEvent } from "../../state/event-stream.ts";
import { listLiveAction } from "./bound-actions.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

const TRIGGER = "event-stream";

/** Hands an event to the Action that a stream names. @returns why it was not delivered; undefined: it was */
export async function runEventStream(
  pipeline: Pipeline,
  actionId: string,
  message: CloudEvent,
): Promise<string | undefined> {
  const actions = listLiveAction(pipeline.tenant, TRIGGER, actionId);
  if (actions.length === 0) return "the Action of the event stream is not deployed";
  const event: Event = { configuration: {}, message: { ...message }, secrets: {} };
  const result = await runTrigger(pipeline, { trigger: TRIGGER, actions, event, roles: [] });
  recordRun(pipeline, { trigger: TRIGGER, result, who: {} });
  return result.ending.kind === "failed" ? result.ending.error.message : undefined;
}
