/** What Auth0's documents say of event streams, for tests to shorten, and what they leave open. Times in milliseconds. */
export interface EventStreamsSettings {
  /** Before the second, third and fourth attempt (Auth0 docs, "Events Best Practices"). */
  readonly retryAfter: readonly number[];
  /** For the answer of a webhook. Not documented. */
  readonly attemptTimeout: number;
  /** Deliveries that fail before Auth0 disables the stream, one after the other and of all times (Auth0 docs, "Event streams"). */
  readonly mostInARow: number;
  readonly mostInAll: number;
  /** Between two signs of life of `GET /events`, and how long one connection lasts. Documented as "every few minutes". */
  readonly heartbeat: number;
  readonly connectionLifetime: number;
}

export const DEFAULT_EVENT_STREAMS_SETTINGS: EventStreamsSettings = {
  retryAfter: [1_000, 2_000, 4_000],
  attemptTimeout: 10_000,
  mostInARow: 500,
  mostInAll: 5_000,
  heartbeat: 15_000,
  connectionLifetime: 300_000,
};
