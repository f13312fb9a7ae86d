/** What a node is to do at a moment of the simulation: in this order. */
export interface Order {
  /** Milliseconds since it began. */
  readonly now: number;
  /** What happens at Stripe. */
  readonly subscribes: readonly string[];
  readonly cancels: readonly string[];
  /** Customers of whom a webhook tells this node. */
  readonly hears: readonly string[];
  /** Customers whose requests come to this node. */
  readonly asks: readonly string[];
}

export interface Answers {
  readonly isPaid: readonly boolean[];
}

export interface Summary {
  /** By the day of the simulation. */
  readonly readsOn: readonly number[];
  /** Bytes of the process, the most after any order: garbage is collected when Node does it by itself. */
  readonly memory: number;
}
