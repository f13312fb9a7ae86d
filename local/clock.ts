/** Milliseconds since the epoch. Servers take one, so that tests can stop or move time. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export interface MovableClock {
  readonly now: Clock;
  /** Moves time forward for everything that reads this clock. */
  advance(milliseconds: number): void;
}

/** A clock that runs with the system's, ahead of it by what it was advanced. */
export function createMovableClock(base: Clock = systemClock): MovableClock {
  let ahead = 0;
  return {
    now: () => base() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}
