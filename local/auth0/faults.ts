import { setTimeout } from "node:timers/promises";
import type { MiddlewareHandler } from "hono";

/** What may be the matter with the tenant, for whoever asks it. */
export type TenantFault = "down" | "slow";

/** Milliseconds that each answer takes longer. */
const SLOW_BY = 3_000;

export interface TenantFaults {
  /** Until it is set to another, or taken back. */
  current: TenantFault | undefined;
}

const pause = (milliseconds: number): Promise<unknown> => setTimeout(milliseconds, undefined, { ref: false });

/** @param isSpared paths that answer all the same: where faults are taken back */
export function befall(
  faults: TenantFaults,
  isSpared: (path: string) => boolean,
  wait: (milliseconds: number) => Promise<unknown> = pause,
): MiddlewareHandler {
  return async (context, next) => {
    const fault = isSpared(context.req.path) ? undefined : faults.current;
    if (fault === "down") {
      return context.json({ statusCode: 503, error: "Service Unavailable", message: "Service Unavailable" }, 503);
    }
    if (fault === "slow") await wait(SLOW_BY);
    await next();
    return undefined;
  };
}
