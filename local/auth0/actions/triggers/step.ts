import type { CredentialsExchangeEffect } from "../api/credentials-exchange.ts";
import type { NextStep } from "../api/next-step.ts";

/** What follows once an Action has returned: the next Action, or a reason why none does. */
export type Step = NextStep | ExchangeDenial | TokenExchangeDenial | RegistrationRefusal;

interface RegistrationRefusal {
  readonly type: "refuse-registration";
  /** For the log. */
  readonly reason: string;
  readonly userMessage: string;
}

interface ExchangeDenial {
  readonly type: "deny-exchange";
  readonly code: Extract<CredentialsExchangeEffect, { type: "deny" }>["code"];
  readonly reason: string;
}

interface TokenExchangeDenial {
  readonly type: "deny-token-exchange";
  /** `invalid_request`, `server_error` or a word of the Action's own. */
  readonly code: string;
  readonly reason: string;
  /** Whether the Action found the subject token to be wrong, which counts against the address that sent it. */
  readonly isTokenRejected: boolean;
}
