import { setTimeout } from "node:timers/promises";
import type { PostOptions } from "../../http/post.ts";
import type { CloudEvent, Delivery, DeliveryAttempt } from "../state/event-stream.ts";
import type { Tenant } from "../tenant.ts";
import { isoTime } from "../timestamps.ts";
import type { EventStream } from "./event-stream.ts";
import { type AttemptOutcome, sendWebhook } from "./send-webhook.ts";
import type { EventStreamsSettings } from "./settings.ts";

interface DeliverOptions extends PostOptions {
  readonly settings: EventStreamsSettings;
  /** Cuts what is on its way. */
  readonly signal: AbortSignal;
}

/** Sends an event to a stream's destination, and again until it is taken or the attempts are used up. Never rejects. */
export type Deliver = (stream: EventStream, event: CloudEvent) => Promise<Delivery>;

export function createDeliver(
  getTenant: () => Pick<Tenant, "actions" | "clock">,
  { settings, signal, ...network }: DeliverOptions,
): Deliver {
  const attempt = async ({ destination }: EventStream, event: CloudEvent): Promise<AttemptOutcome> => {
    switch (destination?.type) {
      case "webhook": {
        const ends = AbortSignal.any([signal, AbortSignal.timeout(settings.attemptTimeout)]);
        return sendWebhook(destination.configuration, event, { ...network, signal: ends });
      }
      case "action": {
        const failure = await getTenant().actions.runEventStream(destination.configuration.action_id, event);
        return failure === undefined ? { kind: "taken" } : { kind: "failed", message: failure, isFinal: false };
      }
      default:
        return { kind: "failed", message: "this tenant has no EventBridge", isFinal: true };
    }
  };

  return async (stream, event) => {
    const attempts: DeliveryAttempt[] = [];
    for (;;) {
      const started = performance.now();
      const timestamp = isoTime(getTenant().clock());
      const outcome = await attempt(stream, event);
      const duration = Math.round(performance.now() - started);
      const delivery = { id: event.id, event_stream_id: stream.id, event_type: event.type, attempts };
      if (outcome.kind === "taken") {
        attempts.push({ status: "succeeded", timestamp, duration });
        return { ...delivery, status: "succeeded" };
      }
      attempts.push({ status: "failed", timestamp, duration, error_message: outcome.message });
      const pause = settings.retryAfter[attempts.length - 1];
      if (outcome.isFinal || pause === undefined || !(await wait(pause, signal))) {
        return { ...delivery, status: "failed", event };
      }
    }
  };
}

/** False when it was cut short. Does not hold the process open. */
function wait(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(milliseconds, true, { ref: false, signal }).catch(() => false);
}
