import type { CloudEvent } from "../state/event-stream.ts";
import type { TenantState } from "../state/tenant-state.ts";

/** A stream as far as deliveries need it; what its endpoints take was checked when it was stored. */
export interface EventStream {
  readonly id: string;
  readonly name?: string;
  readonly status: "enabled" | "disabled";
  readonly subscriptions?: readonly { readonly event_type: string }[];
  readonly destination?: Destination;
}

export type Destination =
  | {
      readonly type: "webhook";
      readonly configuration: {
        readonly webhook_endpoint: string;
        readonly webhook_authorization?: WebhookAuthorization;
      };
    }
  | { readonly type: "action"; readonly configuration: { readonly action_id: string } }
  | { readonly type: "eventbridge" };

/** Of the secrets only `token` is named by Auth0's documentation. */
export type WebhookAuthorization =
  | { readonly method: "bearer"; readonly token?: string }
  | { readonly method: "basic"; readonly username?: string; readonly password?: string }
  | { readonly method: "custom_header"; readonly header_key?: string; readonly header_value?: string };

export function listStreamsFor({ records }: Pick<TenantState, "records">, type: string): readonly EventStream[] {
  return streamsOf({ records }).filter(({ status, subscriptions = [] }) => {
    return status !== "disabled" && subscriptions.some(({ event_type }) => event_type === type);
  });
}

export function findStream({ records }: Pick<TenantState, "records">, id: string): EventStream | undefined {
  return streamsOf({ records }).get(id);
}

/** False where it was already, or is not there any more. */
export function disableStream(state: Pick<TenantState, "records">, id: string): boolean {
  const stream = findStream(state, id);
  if (stream === undefined || stream.status === "disabled") return false;
  streamsOf(state).set(id, { ...stream, status: "disabled" });
  return true;
}

const streamsOf = ({ records }: Pick<TenantState, "records">) =>
  records("/event-streams") as unknown as {
    filter(matches: (stream: EventStream) => boolean): EventStream[];
    get(id: string): EventStream | undefined;
    set(id: string, stream: EventStream): EventStream;
  };

/** The event as this stream is sent it. */
export const addressTo = (event: Omit<CloudEvent, "a0stream">, { id }: Pick<EventStream, "id">): CloudEvent => ({
  ...event,
  a0stream: id,
});
