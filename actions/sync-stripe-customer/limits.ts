import type { TimeLimits } from "../shared/stripe/deadline.ts";

export interface Limits extends TimeLimits {
  /** Idempotency keys to try. */
  rungs: number;
}

export const LIMITS: Limits = { total: 5000, call: 2000, pause: 250, rungs: 5 };
