/** A CloudEvent 1.0 as Auth0 sends it. Source: `auth0` 7.1, `EventStreamCloudEvent…`. */
export interface CloudEvent {
  /** `evt_…`; the same for every stream, so that receivers can tell what they have had. */
  readonly id: string;
  readonly type: string;
  /** `urn:auth0:<tenant>.<domain>` */
  readonly source: string;
  readonly specversion: "1.0";
  /** ISO 8601: when it happened. */
  readonly time: string;
  readonly data: {
    readonly object: Readonly<Record<string, unknown>>;
    readonly context?: { readonly tenant: { readonly id: string } };
  };
  readonly a0tenant: string;
  readonly a0stream: string;
  /** Of an event that somebody made up for a test. */
  readonly a0purpose?: "test";
}

export interface DeliveryAttempt {
  readonly status: "failed" | "succeeded";
  /** ISO 8601 */
  readonly timestamp: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly error_message?: string;
}

/** One event on its way to one stream, as the Management API shows it. */
export interface Delivery {
  readonly id: string;
  readonly event_stream_id: string;
  /** Auth0's SDK knows `failed` alone: it lists no other. A test event is `pending` when it is answered. */
  readonly status: "failed" | "pending" | "succeeded";
  readonly event_type: string;
  readonly attempts: readonly DeliveryAttempt[];
  readonly event?: CloudEvent;
}

export type FailedDelivery = Delivery & { readonly event: CloudEvent };
