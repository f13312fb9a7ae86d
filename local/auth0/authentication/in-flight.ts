import type { Clock } from "../../clock.ts";
import { createExpiring, type Expiring } from "../../state/expiring.ts";
import type { FailedLogins } from "./database/attempts.ts";
import type { SentCode } from "./mfa-api/oob-code.ts";
import type { OpenLogin } from "./mfa-api/pending-login.ts";
import type { OneTimeCode } from "./passwordless/one-time-code.ts";
import type { Ticket } from "./tickets.ts";
import type { AuthorizationCode } from "./token/authorization-code.ts";
import type { LoginTransaction } from "./transaction.ts";
import type { PassedReset, RedirectedReset } from "./universal-login/password-reset/challenge.ts";

/** What is under way and need not survive a restart: whoever is in the middle of a login begins anew. */
export interface InFlight {
  /** By the state that the pages carry. */
  readonly logins: Expiring<LoginTransaction>;
  /** By digest of the code. */
  readonly codes: Expiring<AuthorizationCode>;
  /** By connection and address: a new code replaces the one before it. */
  readonly oneTimeCodes: Expiring<OneTimeCode>;
  /** By digest of the ticket: links that were sent by email. */
  readonly tickets: Expiring<Ticket>;
  /** By digest of the ticket: the id of the job whose file a link leads to. */
  readonly exportLinks: Expiring<string>;
  /** By client and `jti`: assertions that clients have proved themselves by. */
  readonly usedAssertions: Expiring<true>;
  /** By digest of the ticket: resets that Actions let pass. */
  readonly passedResets: Expiring<PassedReset>;
  /** By state: resets that an Action sent away. */
  readonly redirectedResets: Expiring<RedirectedReset>;
  /** By address: foreign tokens that an Action rejected lately. */
  readonly rejectedTokens: Expiring<{ readonly count: number; readonly at: number }>;
  /** By digest of the `mfa_token`. */
  readonly pendingLogins: Expiring<OpenLogin>;
  /** By digest of the `oob_code`. */
  readonly sentCodes: Expiring<SentCode>;
  /** Tokens that clients got for themselves, by owner of the quota and window of time. */
  readonly issuedTokens: Expiring<number>;
  /** Consecutive failures, by who tried (database/attempts.ts). */
  readonly failedLogins: Expiring<FailedLogins>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function createInFlight(clock: Clock): InFlight {
  return {
    logins: createExpiring(clock, 60 * MINUTE),
    // RFC 6749 §4.1.2 recommends ten minutes at most.
    codes: createExpiring(clock, 10 * MINUTE),
    // Auth0's default for passwordless codes.
    oneTimeCodes: createExpiring(clock, 3 * MINUTE),
    tickets: createExpiring(clock, 5 * DAY),
    exportLinks: createExpiring(clock, MINUTE),
    // As long as one may be good for, with the skew of clocks on both sides.
    usedAssertions: createExpiring(clock, 6 * MINUTE),
    passedResets: createExpiring(clock, 60 * MINUTE),
    redirectedResets: createExpiring(clock, 60 * MINUTE),
    rejectedTokens: createExpiring(clock, DAY),
    // Longer than it is good for, so that it can be told from one that never was.
    pendingLogins: createExpiring(clock, DAY),
    sentCodes: createExpiring(clock, 10 * MINUTE),
    issuedTokens: createExpiring(clock, DAY),
    failedLogins: createExpiring(clock, 30 * DAY),
  };
}
