import type { Clock } from "../../clock.ts";

export interface RateLimit {
  /** Requests a second, refilled at the top of each second. */
  readonly perSecond: number;
  /** Size of the bucket: how many may come at once. */
  readonly burst: number;
}

export interface RateDecision {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** A bucket of `burst` requests, refilled by `perSecond` at each full second, as Auth0 documents it. */
export function createRateLimiter({ perSecond, burst }: RateLimit, clock: Clock): () => RateDecision {
  let left = burst;
  let window = Math.floor(clock() / 1000);
  return () => {
    const now = Math.floor(clock() / 1000);
    // A clock that was set back takes nothing away.
    left = Math.min(burst, left + Math.max(0, now - window) * perSecond);
    window = now;
    const allowed = left > 0;
    if (allowed) left -= 1;
    return {
      allowed,
      headers: {
        "x-ratelimit-limit": String(burst),
        "x-ratelimit-remaining": String(left),
        "x-ratelimit-reset": String(now + 1),
        ...(!allowed && { "retry-after": "1" }),
      },
    };
  };
}
