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
  /** Until when what is left only becomes less, in seconds since 1970 (`x-ratelimit-reset`); undefined: nobody has said. */
  let window: number | undefined;
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
      window = undefined;
      left = 1;
    });
    return refill;
  };
  /** Answers overtake each other: of one window the least is true, and of an older one nothing any more. */
  const learnLeft = (told: number, reset: number): void => {
    if (window !== undefined && reset < window) return;
    left = reset === window ? Math.min(left, told) : told;
    window = reset > 0 ? reset : undefined;
  };
  const learn = ({ status, headers }: Response): void => {
    const told = headers.get("x-ratelimit-remaining") ?? "";
    const isRefused = status === 429;
    const isNumber = /^\d+$/.test(told);
    isTold ||= isNumber;
    if (isRefused) left = 0;
    else if (isNumber) learnLeft(Number(told), Number(headers.get("x-ratelimit-reset")));
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
      try {
        const response = await send();
        learn(response);
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
