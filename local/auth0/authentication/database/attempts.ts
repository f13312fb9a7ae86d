import type { Connection } from "../../state/resources.ts";
import type { InFlight } from "../in-flight.ts";

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
export function isBlocked(inFlight: InFlight, attempt: Attempt): boolean {
  return isProtected(attempt) && (inFlight.failedLogins.get(keyOf(attempt)) ?? 0) >= MAX_FAILURES;
}

export function countFailure(inFlight: InFlight, attempt: Attempt): void {
  const key = keyOf(attempt);
  inFlight.failedLogins.set(key, (inFlight.failedLogins.get(key) ?? 0) + 1);
}

export function forgetFailures(inFlight: InFlight, attempt: Attempt): void {
  inFlight.failedLogins.delete(keyOf(attempt));
}

const isProtected = ({ connection }: Attempt): boolean => connection.options.brute_force_protection === true;

const keyOf = ({ connection, identifier, ip }: Attempt): string =>
  `${connection.id}:${ip}:${identifier.trim().toLowerCase()}`;
