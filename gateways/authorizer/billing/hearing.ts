/** Whether changes of subscriptions and products are heard of, so that what is known need not be asked for again all day. */
export interface Hearing {
  /** Milliseconds for which what pays counts as read; 0: changes are not heard of. */
  lasts(): number;
  /** To be told that a reading found a change which was not heard of. */
  missed(): void;
}

const DAY = 24 * 60 * 60_000;
const WEEK = 7 * DAY;

export interface HearingOptions {
  readonly hearsChanges: () => boolean;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: (line: string) => void;
}

/** A change that was missed ends it for a week: an endpoint that was switched off at Stripe is noticed by nothing else. */
export function createHearing({ hearsChanges, clock, log }: HearingOptions): Hearing {
  let missedAt = Number.NEGATIVE_INFINITY;
  return {
    lasts: () => (hearsChanges() && clock() - missedAt > WEEK ? DAY : 0),
    missed() {
      missedAt = clock();
      log(
        "billing: a change at Stripe was found that no webhook has told: for a week it is read again every cacheSeconds. Look " +
          "whether Stripe's webhooks arrive, and whether all nodes share what one of them hears.",
      );
    },
  };
}
