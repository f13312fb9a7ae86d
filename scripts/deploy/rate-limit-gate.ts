import { setTimeout as sleep } from "node:timers/promises";

/** Requests at once where answers do not say how many are left. */
const UNTOLD = 8;
/** Auth0 refills the bucket every second (Auth0 docs, "Rate Limits"); its clock may not be ours. */
const REFILL_MS = 1_000;
/** Between two looks at a rate limit that is said to be over. */
const SHORTEST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 60_000;

export interface RateLimitGate {
  /** Sends when the tenant has room for one more request. */
  pass(send: () => Promise<Response>): Promise<Response>;
}

/**
 * Holds requests back that the tenant would refuse, by what its last answer said is left (`x-ratelimit-remaining`). The first
 * request goes alone, since others may have used the limit up. When nothing is left, or one was refused (429), one request asks once
 * the bucket is filled again, and the others go by its answer.
 */
export function createRateLimitGate(
  now: () => number = Date.now,
  wait: (ms: number) => Promise<unknown> = sleep,
): RateLimitGate {
  let left = 1;
  let isTold = false;
  let underWay = 0;
  let sent = 0;
  /** The latest request whose answer is known. Answers overtake each other, and what an older one has left is gone. */
  let latest = 0;
  /** When the bucket is filled again, once it is empty. */
  let emptyUntil: number | undefined;
  let refill: Promise<void> | undefined;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  const awaitRefill = (until: number): Promise<void> => {
    refill ??= wait(until - now()).then(() => {
      refill = undefined;
      emptyUntil = undefined;
      left = 1;
    });
    return refill;
  };
  const learn = (number: number, { status, headers }: Response): void => {
    if (number < latest && status !== 429) return;
    latest = Math.max(latest, number);
    const told = headers.get("x-ratelimit-remaining") ?? "";
    const isRefused = status === 429;
    const isNumber = /^\d+$/.test(told);
    isTold ||= isNumber;
    if (isRefused) left = 0;
    else if (isNumber) left = Number(told);
    else if (!isTold) left = UNTOLD;
    if (left > 0 || (emptyUntil !== undefined && !isRefused)) return;
    const ms = readWait(headers, now());
    emptyUntil = now() + (isRefused ? ms : Math.min(ms, REFILL_MS));
  };
  return {
    async pass(send) {
      while (emptyUntil !== undefined || underWay >= left) {
        await (emptyUntil === undefined ? new Promise<void>((go) => waiting.push(go)) : awaitRefill(emptyUntil));
      }
      underWay += 1;
      sent += 1;
      const number = sent;
      try {
        const response = await send();
        learn(number, response);
        return response;
      } finally {
        underWay -= 1;
        wake();
      }
    },
  };
}

/** Milliseconds to wait by Retry-After (RFC 9110 §10.2.3, in seconds) or X-RateLimit-Reset, else a second. */
function readWait(headers: Headers, now: number): number {
  const after = headers.get("retry-after");
  if (after !== null && /^\d+$/.test(after)) return limitWait(Number(after) * 1000);
  const reset = Number(headers.get("x-ratelimit-reset")) * 1000 - now;
  return limitWait(reset > 0 ? reset : REFILL_MS);
}

function limitWait(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}
