import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, scopesOf } from "../scopes.ts";

export const eventStream = {
  type: "event-stream",
  section: "eventStreams",
  created: { type: "EventStreamsCreateRequest" },
  named: {
    "": {
      types: [/^CreateEventStream(WebHook|EventBridge|Action)RequestContent$/, /^EventStream\w+ResponseContent$/],
    },
    "subscriptions[]": { typed: { event_type: "EventStreamEventTypeEnum" } },
    "destination.configuration.webhook_authorization": { texts: ["header_value", "password", "token"] },
  },
  identity: ["name"],
  fixed: ["destination.type"],
  scopes: joined(scopesOf("event_streams"), reads("read:actions")),
  forgetsSecrets: true,
  writeOnly: [
    "destination.configuration.webhook_authorization.password",
    "destination.configuration.webhook_authorization.token",
    "destination.configuration.webhook_authorization.header_value",
  ],
  refersTo: [{ at: "destination.configuration.action_id", types: ["action"] }],
  removal: {
    list: ({ eventStreams }) => eventStreams.list(),
    delete: ({ eventStreams }, id) => eventStreams.delete(id),
  },
} as const satisfies HandedOverSpec;
