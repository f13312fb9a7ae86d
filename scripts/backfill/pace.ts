import { setTimeout as sleep } from "node:timers/promises";
import { createRequestWindow, SECOND, type SentRequest } from "./request-window.ts";

/**
 * Makes calls one after the other, so many a second. One that a rate limit refused did nothing, and is made again in its turn: the
 * call itself has to know when that is enough. Rejects with what the call does.
 */
export type Pace = <T>(call: () => Promise<T>) => Promise<T>;

export interface PaceOptions {
  /** Whether what a call rejects with says that a rate limit refused it. */
  readonly isRefusal?: (error: unknown) => boolean;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

const REFUSED = Symbol("refused");
/** Of the rate, by which it grows each second in which nothing was refused. */
const RECOVERY = 0.05;

/**
 * Turns are spread over the second. One that was late, because others have the processor, is made up for: but never are there more
 * in any second than the rate, which is how a limit counts.
 *
 * A call that is refused shows that less is to be had than was asked for: the limit is lower, or logins use it too. The most that a
 * second has let through lately is taken for the rate then, and a little more is tried each second.
 *
 * @param perSecond at most
 */
export function createPace(
  perSecond: number,
  { isRefusal = () => false, clock = () => performance.now(), wait = sleep }: PaceOptions = {},
): Pace {
  const requests = createRequestWindow();
  let rate = perSecond;
  let next = clock();
  let [lowered, raised] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let turn: Promise<unknown> = Promise.resolve();

  const raise = (): void => {
    const now = clock();
    if (rate === perSecond || now - Math.max(lowered, raised) < SECOND) return;
    rate = Math.min(perSecond, rate * (1 + RECOVERY));
    raised = now;
  };
  const waitForTurn = async (): Promise<SentRequest> => {
    raise();
    for (;;) {
      const now = clock();
      const due = Math.max(next, requests.freeAt(rate));
      if (due <= now) {
        next = Math.max(next, now - SECOND) + SECOND / rate;
        return requests.add(now);
      }
      await wait(due - now);
    }
  };
  const takeTurn = (): Promise<SentRequest> => {
    const mine = turn.then(waitForTurn);
    turn = mine;
    return mine;
  };
  const slowDown = (refused: SentRequest): void => {
    requests.remove(refused);
    // Those that were under way are refused as well, and say nothing new.
    if (refused.at <= lowered) return;
    rate = Math.min(rate, Math.max(1, requests.countMost(refused)));
    lowered = clock();
  };
  const makeOnce = async <T>(call: () => Promise<T>): Promise<T | typeof REFUSED> => {
    const request = await takeTurn();
    try {
      return await call();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      slowDown(request);
      return REFUSED;
    }
  };
  return async (call) => {
    for (;;) {
      const result = await makeOnce(call);
      if (result !== REFUSED) return result;
    }
  };
}
