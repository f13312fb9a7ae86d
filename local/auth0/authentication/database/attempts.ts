import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";

export const TOO_MANY_ATTEMPTS = "Your account has been blocked after multiple consecutive login attempts.";

/** Auth0's default for brute-force protection: consecutive failures of one name from one address. */
const MAX_FAILURES = 10;

/** Who tries: one name, from one address. */
export interface Attempt {
  readonly connection: Connection;
  readonly identifier: string;
  readonly ip: string;
}

/** Whether the right password would not help any more, until a new one is chosen by mail or the tenant restarts. */
export function isBlocked(tenant: Tenant, attempt: Attempt): boolean {
  return isProtected(attempt) && (tenant.inFlight.failedLogins.get(keyOf(attempt)) ?? 0) >= MAX_FAILURES;
}

export function countFailure(tenant: Tenant, attempt: Attempt): void {
  const key = keyOf(attempt);
  tenant.inFlight.failedLogins.set(key, (tenant.inFlight.failedLogins.get(key) ?? 0) + 1);
}

export function forgetFailures(tenant: Tenant, attempt: Attempt): void {
  tenant.inFlight.failedLogins.delete(keyOf(attempt));
}

const isProtected = ({ connection }: Attempt): boolean => connection.options.brute_force_protection === true;

const keyOf = ({ connection, identifier, ip }: Attempt): string =>
  `${connection.id}:${ip}:${identifier.trim().toLowerCase()}`;
