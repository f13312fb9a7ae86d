import { setTimeout as sleep } from "node:timers/promises";

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

const SECOND = 1000;
/** Milliseconds: an answer that takes longer says nothing of the rate. */
const KEPT = 5 * SECOND;
/** Milliseconds by which a turn that was late may be made up for: a timer is late by a few, and each would cost a request. */
const CATCH_UP = 100;
const REFUSED = Symbol("refused");
/** Of the rate, by which it grows each second in which nothing was refused. */
const RECOVERY = 0.02;

/**
 * A call that is refused shows that less is to be had than was asked for: the limit is lower, or logins use it too. What the second
 * before it let through is taken for the rate then, and a little more is tried each second.
 *
 * @param perSecond at most
 */
export function createPace(
  perSecond: number,
  { isRefusal = () => false, clock = () => performance.now(), wait = sleep }: PaceOptions = {},
): Pace {
  let rate = perSecond;
  let next = clock();
  let [lowered, raised] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  /** When the calls of the last seconds were sent, without those that were refused. */
  let sent: { readonly at: number }[] = [];

  const takeTurn = async (): Promise<void> => {
    const now = clock();
    if (rate < perSecond && now - Math.max(lowered, raised) >= SECOND) {
      rate = Math.min(perSecond, rate * (1 + RECOVERY));
      raised = now;
    }
    next = Math.max(next, now - CATCH_UP);
    const due = next;
    next += SECOND / rate;
    if (due > now) await wait(due - now);
  };
  const slowDown = (at: number): void => {
    // Those that were under way are refused as well, and say nothing new.
    if (at - lowered < SECOND) return;
    rate = Math.min(rate, Math.max(1, sent.filter((other) => other.at <= at && at - other.at < SECOND).length));
    lowered = clock();
  };
  const makeOnce = async <T>(call: () => Promise<T>): Promise<T | typeof REFUSED> => {
    await takeTurn();
    const request = { at: clock() };
    sent = sent.filter(({ at }) => request.at - at < KEPT);
    sent.push(request);
    try {
      return await call();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      sent = sent.filter((other) => other !== request);
      slowDown(request.at);
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
