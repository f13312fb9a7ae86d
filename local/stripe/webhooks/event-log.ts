import type Stripe from "stripe";

/** An event as `/v1/events` has it. */
export type SnapshotEvent = Pick<Stripe.Event, "id" | "created" | "livemode" | "pending_webhooks"> & {
  readonly object: "event";
  readonly api_version: string;
  readonly data: { readonly object: object; readonly previous_attributes?: Readonly<Record<string, unknown>> };
  readonly request: { readonly id: null; readonly idempotency_key: null };
  readonly type: string;
};

/** An event as `/v2/core/events` has it; the notification that is sent leaves `data` out. */
export type ThinEvent = Pick<Stripe.V2.Core.EventBase, "id" | "object" | "created" | "livemode" | "type"> & {
  readonly related_object: { readonly id: string; readonly type: string; readonly url: string } | null;
  readonly snapshot_event?: string;
  readonly data?: object;
};

/** Stripe keeps events for 30 days; here the newest are kept, in memory. */
const KEPT = 10_000;

export interface EventLog<T extends { readonly id: string }> {
  add(event: T): void;
  get(id: string): T | undefined;
  /** Newest first. */
  filter(matches: (event: T) => boolean): T[];
}

export function createEventLog<T extends { readonly id: string }>(): EventLog<T> {
  const events = new Map<string, T>();
  return {
    add(event) {
      events.set(event.id, event);
      const [oldest] = events.size > KEPT ? events.keys() : [];
      if (oldest !== undefined) events.delete(oldest);
    },
    get: (id) => events.get(id),
    filter: (matches) => [...events.values()].filter(matches).reverse(),
  };
}
