/** Usage of one customer on one meter, to be sent once. */
export interface MeterEvent {
  /** Unique for ever, at most 100 characters, nothing personal in it. */
  readonly identifier: string;
  readonly customer: string;
  readonly meter: string;
  /** Whole units. */
  readonly value: number;
  /** Seconds since the epoch: of the last request in it. */
  readonly timestamp: number;
}

export function isMeterEvent(value: unknown): value is MeterEvent {
  if (typeof value !== "object" || value === null) return false;
  const { identifier, customer, meter, value: units, timestamp } = value as Partial<Record<keyof MeterEvent, unknown>>;
  return (
    [identifier, customer, meter].every((text) => typeof text === "string") &&
    [units, timestamp].every((number) => Number.isSafeInteger(number))
  );
}

/** Reasons hold no text from outside, so that they can be logged. */
export type SendResult =
  /** It counts, from this call or from an earlier one. */
  | { readonly kind: "accepted" }
  /** It will never be taken. */
  | { readonly kind: "rejected"; readonly reason: string }
  /** It was certainly not taken, and can be sent later. */
  | { readonly kind: "deferred"; readonly reason: string }
  /** It may have been taken: it can be sent again only while duplicates are recognised. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Never rejects. */
export type SendMeterEvent = (event: MeterEvent) => Promise<SendResult>;
