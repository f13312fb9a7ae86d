import { randomInt } from "node:crypto";
import { digest, isSameSecret } from "../../digest.ts";
import type { Connection } from "../../state/resources.ts";
import type { Tenant } from "../../tenant.ts";
import type { InFlight } from "../in-flight.ts";

export interface OneTimeCode {
  readonly digest: string;
  readonly failures: number;
}

/** After these the code is void, right or not: six digits do not stand more guesses. */
const MAX_FAILURES = 3;

/** Email addresses in one spelling. */
export const normalizeAddress = (connection: Pick<Connection, "strategy">, to: string): string =>
  connection.strategy === "email" ? to.trim().toLowerCase() : to.replace(/[\s()-]/g, "");

export const isAddress = (connection: Pick<Connection, "strategy">, to: string): boolean =>
  connection.strategy === "email" ? /^[^\s@]+@[^\s@]+$/.test(to) : /^\+[0-9]{1,15}$/.test(to);

/** Makes a code, which takes the place of the one before it. */
export function makeOneTimeCode(
  { inFlight }: Pick<Tenant, "inFlight">,
  connection: Pick<Connection, "id">,
  to: string,
): string {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  inFlight.oneTimeCodes.set(keyOf(connection, to), { digest: digest(code), failures: 0 });
  return code;
}

/** Whether the code is the one that was sent last. It is good once. */
export function useOneTimeCode(
  inFlight: InFlight,
  connection: Pick<Connection, "id">,
  to: string,
  code: string,
): boolean {
  const key = keyOf(connection, to);
  const sent = inFlight.oneTimeCodes.get(key);
  if (sent === undefined) return false;
  if (isSameSecret(digest(code.trim()), sent.digest)) return inFlight.oneTimeCodes.delete(key);
  const failures = sent.failures + 1;
  if (failures >= MAX_FAILURES) inFlight.oneTimeCodes.delete(key);
  else inFlight.oneTimeCodes.replace(key, { ...sent, failures });
  return false;
}

const keyOf = (connection: Pick<Connection, "id">, to: string): string => `${connection.id}:${to}`;
