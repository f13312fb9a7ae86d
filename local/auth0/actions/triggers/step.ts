import type { CredentialsExchangeEffect } from "../api/credentials-exchange.ts";
import type { NextStep } from "../api/next-step.ts";

/** What follows once an Action has returned: the next Action, or a reason why none does. */
export type Step = NextStep | ExchangeDenial | RegistrationRefusal;

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
