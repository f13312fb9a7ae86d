import type { TimeLimits } from "../shared/stripe/deadline.ts";

export const LIMITS: TimeLimits = { total: 5000, call: 2000, pause: 250 };
