import { TooManyAttempts } from "../../oauth-error.ts";
import type { Tenant } from "../../tenant.ts";

/** Auth0 docs, "Custom Token Exchange attack protection": so many rejected tokens from one address, one more each ten minutes. */
const MAX_REJECTED = 10;
const FORGIVEN_EVERY = 600_000;

type Attempts = Pick<Tenant, "clock" | "inFlight">;

/** @throws {OAuthError} 429 */
export function checkAttempts(tenant: Attempts, ip: string): void {
  if (isThrottled(tenant, ip)) {
    throw new TooManyAttempts("Too many attempts to exchange an invalid token.");
  }
}

export const isThrottled = (tenant: Attempts, ip: string): boolean => countRejected(tenant, ip) > MAX_REJECTED - 1;

export function forgetRejected({ inFlight }: Attempts, ip: string): void {
  inFlight.rejectedTokens.delete(ip);
}

export function noteRejected(tenant: Attempts, ip: string): void {
  tenant.inFlight.rejectedTokens.set(ip, { count: countRejected(tenant, ip) + 1, at: tenant.clock() });
}

function countRejected({ clock, inFlight }: Attempts, ip: string): number {
  const { count, at } = inFlight.rejectedTokens.get(ip) ?? { count: 0, at: clock() };
  return Math.max(0, count - (clock() - at) / FORGIVEN_EVERY);
}
