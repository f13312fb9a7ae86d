import type { Ticket } from "./sharing.ts";

/** What is known of a key. Times are by this process's clock, in milliseconds. */
export interface Entry<T> {
  readonly value: T;
  /** When its reading began. */
  readonly readAt: number;
  /** How often in a row it was doubted and found again. */
  readonly doubts: number;
  /** Of its reading; undefined: nothing was shared then. */
  readonly ticket: Ticket | undefined;
  /** When it last counted without a question, by its age or because a read was put off for want of a ration. */
  goodAt: number;
  /** When it was last compared with what the other nodes know. */
  agreedAt: number;
}
