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

/** Consecutive failures. */
export interface FailedLogins {
  readonly attempt: Attempt;
  readonly count: number;
}

/** Whether the right password would not help any more, until a new one is chosen by mail, the block is taken away or the tenant restarts. */
export function isBlocked(inFlight: InFlight, attempt: Attempt): boolean {
  return isProtected(attempt) && (inFlight.failedLogins.get(keyOf(attempt))?.count ?? 0) >= MAX_FAILURES;
}

export function countFailure(inFlight: InFlight, attempt: Attempt): void {
  const key = keyOf(attempt);
  inFlight.failedLogins.set(key, { attempt, count: (inFlight.failedLogins.get(key)?.count ?? 0) + 1 });
}

export function forgetFailures(inFlight: InFlight, attempt: Attempt): void {
  inFlight.failedLogins.delete(keyOf(attempt));
}

/** Who is kept out of those that are called so, by any of these names. */
export function listBlocked(inFlight: InFlight, identifiers: readonly string[]): readonly Attempt[] {
  return listFailed(inFlight, identifiers).filter((attempt) => isBlocked(inFlight, attempt));
}

/** Lets them in again, wherever they try from. */
export function forgetFailuresOf(inFlight: InFlight, identifiers: readonly string[]): void {
  for (const attempt of listFailed(inFlight, identifiers)) forgetFailures(inFlight, attempt);
}

function listFailed({ failedLogins }: InFlight, identifiers: readonly string[]): readonly Attempt[] {
  const names = identifiers.map(normalize);
  return failedLogins
    .values()
    .flatMap(({ attempt }) => (names.includes(normalize(attempt.identifier)) ? [attempt] : []));
}

const normalize = (identifier: string): string => identifier.trim().toLowerCase();

const isProtected = ({ connection }: Attempt): boolean => connection.options.brute_force_protection === true;

const keyOf = ({ connection, identifier, ip }: Attempt): string => `${connection.id}:${ip}:${normalize(identifier)}`;
