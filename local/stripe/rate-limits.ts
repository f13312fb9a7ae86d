import type { Clock } from "../clock.ts";
import { StripeFailure } from "./errors.ts";

/** Requests a second. Stripe docs, "Rate limits": 25 an endpoint; in all 100 live and 25 in a sandbox. */
export interface RateLimitSettings {
  readonly perEndpoint?: number | undefined;
  readonly total?: number | undefined;
}

export interface RateLimits {
  /** Off until set: a limit nobody asked for makes a suite flaky. */
  set(settings: RateLimitSettings): void;
  /** Counts a request to an endpoint (ids in the path do not make another one); throws the 429. */
  check(endpoint: string): void;
}

export function createRateLimits(clock: Clock, initial: RateLimitSettings = {}): RateLimits {
  let settings = initial;
  const windows = new Map<string, number[]>();

  const checkWindow = (name: string, limit: number | undefined, reason: string): void => {
    if (limit === undefined) return;
    const now = clock();
    const recent = (windows.get(name) ?? []).filter((at) => now - at < 1000);
    windows.set(name, recent);
    if (recent.length >= limit) throw rateLimited(reason);
    recent.push(now);
  };

  return {
    set(next) {
      settings = next;
      windows.clear();
    },
    check(endpoint) {
      checkWindow("total", settings.total, "global-rate");
      checkWindow(`endpoint ${endpoint}`, settings.perEndpoint, "endpoint-rate");
    },
  };
}

/** No Retry-After: Stripe documents none. */
export function rateLimited(reason: string): StripeFailure {
  return new StripeFailure(
    429,
    {
      type: "invalid_request_error",
      code: "rate_limit",
      message: "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
    },
    { "stripe-rate-limited-reason": reason },
  );
}

/** A 429 of another kind: the object is locked by another request. This one the SDK is told to try again. */
export function lockTimeout(): StripeFailure {
  return new StripeFailure(
    429,
    {
      type: "invalid_request_error",
      code: "lock_timeout",
      message:
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
    },
    { "stripe-should-retry": "true" },
  );
}
