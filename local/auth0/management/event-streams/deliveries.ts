import { type EventStream, findStream } from "../../event-streams/event-stream.ts";
import type { FailedDelivery } from "../../state/event-stream.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { ACCEPTED, endpoint, ok, type Query, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { CHECKPOINT_QUERY, renderList } from "../paging.ts";
import { isEventType } from "./event-types.ts";

interface Choice {
  readonly date_from?: string;
  readonly date_to?: string;
  readonly statuses?: readonly string[];
  readonly event_types?: readonly string[];
}

interface TestBody {
  readonly event_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Auth0 takes no fractions of a second. */
const DATE = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(Z|[+-]\\d{2}:\\d{2})$" };
const LIST = { type: "array", items: { type: "string" } };
const CHOICE = {
  type: "object",
  additionalProperties: false,
  properties: { date_from: DATE, date_to: DATE, statuses: LIST, event_types: LIST },
};
const TEST = {
  type: "object",
  additionalProperties: false,
  required: ["event_type"],
  properties: { event_type: { type: "string" }, data: { type: "object" } },
};

/** What event streams could not deliver, and what is sent once more. Only failures are kept, as at Auth0. */
export const eventDeliveries: Resource = ({ eventStreams, state }) => [
  endpoint({
    method: "GET",
    path: "/event-streams/:id/deliveries",
    scopes: ["read:event_streams", "read:event_deliveries"],
    query: {
      ...CHECKPOINT_QUERY,
      date_from: DATE,
      date_to: DATE,
      statuses: { type: "string" },
      event_types: { type: "string" },
    },
    handle: ({ params, query }) => {
      const { id } = getStream(state, params.id);
      return ok(renderList("deliveries", choose(state, id, toChoice(query)), { take: 50, ...query }));
    },
  }),
  endpoint({
    method: "GET",
    path: "/event-streams/:id/deliveries/:eventId",
    scopes: ["read:event_streams", "read:event_deliveries"],
    handle: ({ params }) => ok(getDelivery(state, params)),
  }),
  endpoint<Choice>({
    method: "POST",
    path: "/event-streams/:id/redeliver",
    scopes: ["update:event_deliveries"],
    body: CHOICE,
    handle: ({ params, body }) => {
      const stream = getStream(state, params.id);
      for (const { event } of choose(state, stream.id, body)) eventStreams.redeliver(stream, event);
      return { ...ACCEPTED, body };
    },
  }),
  endpoint({
    method: "POST",
    path: "/event-streams/:id/redeliver/:eventId",
    scopes: ["update:event_deliveries"],
    handle: ({ params }) => {
      const { event } = getDelivery(state, params);
      eventStreams.redeliver(getStream(state, params.id), event);
      return ACCEPTED;
    },
  }),
  endpoint<TestBody>({
    method: "POST",
    path: "/event-streams/:id/test",
    scopes: ["update:event_streams"],
    body: TEST,
    handle: ({ params, body }) => {
      const stream = getStream(state, params.id);
      if (!isEventType(body.event_type)) {
        throw new ManagementError(400, `There are no events of type ${body.event_type}.`, "invalid_body");
      }
      return { status: 202, body: eventStreams.test(stream, { type: body.event_type, object: body.data ?? {} }) };
    },
  }),
];

function getStream(state: Pick<TenantState, "records">, id = ""): EventStream {
  return getOr404(findStream(state, id), "The event stream does not exist.");
}

function getDelivery(state: TenantState, { id, eventId }: Readonly<Record<string, string>>): FailedDelivery {
  const stream = getStream(state, id);
  return getOr404(state.failedDeliveries.get(`${stream.id}:${eventId}`), "The event was not among those that failed.");
}

function toChoice({ date_from, date_to, statuses, event_types }: Query): Choice {
  return {
    ...(typeof date_from === "string" && { date_from }),
    ...(typeof date_to === "string" && { date_to }),
    ...(typeof statuses === "string" && { statuses: statuses.split(",") }),
    ...(typeof event_types === "string" && { event_types: event_types.split(",") }),
  };
}

/** From the first date, and before the second one. */
function choose(
  { failedDeliveries }: Pick<TenantState, "failedDeliveries">,
  streamId: string,
  { date_from, date_to, statuses, event_types }: Choice,
): readonly FailedDelivery[] {
  const from = date_from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(date_from);
  const to = date_to === undefined ? Number.POSITIVE_INFINITY : Date.parse(date_to);
  return failedDeliveries.filter(({ event, event_stream_id, event_type, status }) => {
    const at = Date.parse(event.time);
    const isInTime = at >= from && at < to;
    const isOfKind = (statuses ?? [status]).includes(status) && (event_types ?? [event_type]).includes(event_type);
    return event_stream_id === streamId && isInTime && isOfKind;
  });
}
