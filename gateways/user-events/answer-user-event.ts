import { createHash, timingSafeEqual } from "node:crypto";
import { describeFailure } from "../authorizer/billing/describe-failure.ts";
import { readEnvelope, type UserEvent } from "./user-event.ts";

interface UserEventAnswer {
  /** Auth0 sends again what is answered 5xx, three times within seconds; what is answered 4xx it never does. */
  readonly status: 200 | 400 | 401 | 500;
  readonly body: { readonly received: true } | { readonly error: "unauthorized" | "not_an_event" | "not_done" };
}

export interface AnswerUserEventOptions {
  /** Those that a stream's `webhook_authorization` may have; two while one is rolled. Auth0 signs nothing: they are the only proof. */
  readonly tokens: readonly string[];
  /** Rejects when what follows from the event is not done. */
  readonly receive: (event: UserEvent) => Promise<void>;
  readonly log: (line: string) => void;
}

/** @param authorization the header of that name */
export type AnswerUserEvent = (body: string, authorization: string | undefined) => Promise<UserEventAnswer>;

/** Never rejects. What events hold is never logged. */
export function createAnswerUserEvent({ tokens, receive, log }: AnswerUserEventOptions): AnswerUserEvent {
  const digests = tokens.map(digest);
  return async (body, authorization) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
    // All of them are compared, and digests have one length: how long it takes tells nothing.
    const isKnown = digests.map((one) => timingSafeEqual(one, digest(token))).includes(true);
    if (!isKnown) {
      log("user events: refused, the token is missing or is not one of AUTH0_EVENTS_TOKEN");
      return { status: 401, body: { error: "unauthorized" } };
    }
    const envelope = readEnvelope(parse(body));
    if (envelope === undefined) {
      log("user events: refused, it is not an event of Auth0's event streams");
      return { status: 400, body: { error: "not_an_event" } };
    }
    if (envelope.kind === "nothing") return { status: 200, body: { received: true } };
    const { event } = envelope;
    try {
      await receive(event);
      return { status: 200, body: { received: true } };
    } catch (error) {
      log(`user events: ${event.kind} ${event.id} is not done, Auth0 sends it again: ${describeFailure(error)}`);
      return { status: 500, body: { error: "not_done" } };
    }
  };
}

const digest = (token: string): Buffer => createHash("sha256").update(token).digest();

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
