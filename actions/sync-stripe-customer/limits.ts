/** Times in milliseconds. */
export interface Limits {
  /** For Stripe in one login. All Actions of a login share 20 s (Auth0 docs, "Actions limitations"). */
  total: number;
  /** For one call, from its start to the last byte of its answer. */
  call: number;
  /** Between a call that failed and the next look. */
  pause: number;
  /** Idempotency keys to try. */
  rungs: number;
}

export const LIMITS: Limits = { total: 5000, call: 2000, pause: 250, rungs: 5 };
