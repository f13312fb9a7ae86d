/** The place of a reading among all readings of all nodes: of one run, what began later has a greater number. */
export interface Ticket {
  /** Of the store: one that has been restarted, perhaps elsewhere, may have another clock. */
  readonly run: string;
  readonly number: number;
}

/** A reading that has begun: what comes of it is at least as new. */
export interface Begun {
  /** By this process's clock. */
  readonly readAt: number;
  /** Undefined: nothing is shared, or it cannot be now. */
  readonly ticket?: Ticket | undefined;
}

export interface SharedEntry {
  readonly value: unknown;
  readonly ticket: Ticket;
  /** Milliseconds since its reading began. */
  readonly age: number;
}

export type SharedKind = "subscriptions" | "customers" | "products";

/**
 * What several nodes know together, in a store that may be slow, gone or wrong. Whatever is wrong with it comes back as
 * undefined or false, within a bounded time, and `isUp` is false for a while: each node then goes by what it knows itself.
 */
export interface Sharing {
  readonly isUp: boolean;
  /** A number for a reading that begins now. */
  draw(): Promise<Ticket | undefined>;
  /** `found` is undefined where no node has left anything since the store has lost what it had. */
  look(kind: SharedKind, key: string): Promise<{ readonly found: SharedEntry | undefined } | undefined>;
  /** Leaves it for the others, unless they have something later. */
  put(kind: SharedKind, key: string, value: unknown, ticket: Ticket): Promise<boolean>;
}

/** What was heard is known here, and could not be told to the other nodes: it has to be heard again. */
export class NotShared extends Error {
  override readonly name = "NotShared";
  readonly code = "REDIS_NOT_SHARED";

  constructor() {
    super(
      "What a webhook told could not be shared with the other nodes. Stripe sends it again; look at GATEWAY_REDIS_URL.",
    );
  }
}
