import type { EventStreams } from "../../event-streams/create-event-streams.ts";
import type { LoggedEvent, Start } from "../../event-streams/event-log.ts";
import { endpoint, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { isEventType } from "./event-types.ts";

/** `GET /events`: the tenant's events as they happen, as server-sent events (HTML standard, §9.2). */
export const events: Resource = ({ eventStreams }) => [
  endpoint({
    method: "GET",
    path: "/events",
    scopes: ["read:events"],
    query: {
      from: { type: "string" },
      from_timestamp: { type: "string" },
      event_type: { type: "array", items: { type: "string" } },
    },
    handle: ({ query, header }) => {
      const types = (query.event_type as readonly string[] | undefined) ?? [];
      const unknown = types.find((type) => !isEventType(type));
      if (unknown !== undefined) throw invalid(`There are no events of type ${unknown}.`);
      const start = readStart(header("last-event-id"), query.from, query.from_timestamp);
      const missed = eventStreams.log.read(start);
      if (missed === "invalid") throw invalid("The offset is not one of this tenant's.");
      if (missed === "expired") {
        throw new ManagementError(410, "The offset has expired: begin without one.", "cursor_expired");
      }
      const isAskedFor = ({ event }: LoggedEvent) => types.length === 0 || types.includes(event.type);
      return {
        status: 200,
        headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
        stream: createStream(eventStreams, missed, isAskedFor),
      };
    },
  }),
];

const invalid = (message: string) => new ManagementError(400, message, "invalid_query_string");

function readStart(lastEventId: string | undefined, from: unknown, timestamp: unknown): Start {
  const offset = lastEventId ?? from;
  if (typeof offset === "string") {
    if (lastEventId === undefined && timestamp !== undefined) {
      throw invalid("Begin at an offset or at a time, not at both.");
    }
    return { after: offset };
  }
  if (typeof timestamp !== "string") return "now";
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) throw invalid("from_timestamp is not a date of RFC 3339.");
  return { from: at };
}

function createStream(
  { log, settings }: Pick<EventStreams, "log" | "settings">,
  missed: readonly LoggedEvent[],
  isAskedFor: (event: LoggedEvent) => boolean,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {};
  return new ReadableStream({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const writeEvent = (logged: LoggedEvent) => {
        if (isAskedFor(logged)) write(renderEvent(logged));
      };
      write(":connected\n\nretry: 2000\n\n");
      for (const logged of missed) writeEvent(logged);
      const unsubscribe = log.subscribe(writeEvent);
      const beat = setInterval(() => write(renderOffset(log.newest)), settings.heartbeat).unref();
      // As Auth0 does, so that clients learn to come back.
      const over = setTimeout(() => {
        end();
        controller.close();
      }, settings.connectionLifetime).unref();
      end = () => {
        unsubscribe();
        clearInterval(beat);
        clearTimeout(over);
      };
    },
    cancel: () => end(),
  });
}

/** No stream sent it, which is the one thing that Auth0's types promise and its documents do not show. */
function renderEvent({ offset, event }: LoggedEvent): string {
  return renderMessage(event.type, offset, { offset, event: { ...event, a0stream: "" } });
}

function renderOffset(offset: string): string {
  return `: heartbeat\n\n${renderMessage("offset-only", offset, { offset })}`;
}

/** JSON has no line ends of its own, so that one line of data is enough. */
function renderMessage(type: string, id: string, data: object): string {
  return `event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
