import type { TimeLimits } from "../shared/stripe/deadline.ts";

export interface Limits extends TimeLimits {
  /** Idempotency keys to try. */
  attempts: number;
}

export const LIMITS: Limits = { total: 5000, call: 2000, pause: 250, attempts: 5 };
