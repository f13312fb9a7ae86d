import type { Clock } from "../../clock.ts";
import { createExpiring, type Expiring } from "../../state/expiring.ts";
import type { LoginTransaction } from "./login/transaction.ts";
import type { AuthorizationCode } from "./token/authorization-code.ts";

/** What is under way and need not survive a restart: whoever is in the middle of a login begins anew. */
export interface InFlight {
  /** By the state that the pages carry. */
  readonly logins: Expiring<LoginTransaction>;
  /** By digest of the code. */
  readonly codes: Expiring<AuthorizationCode>;
}

const MINUTE = 60_000;

export function createInFlight(clock: Clock): InFlight {
  return {
    logins: createExpiring(clock, 60 * MINUTE),
    // RFC 6749 §4.1.2 recommends ten minutes at most.
    codes: createExpiring(clock, 10 * MINUTE),
  };
}
