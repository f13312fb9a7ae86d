import { createSteadyClock } from "../authorizer/steady-clock.ts";
import type { ManagementAccess } from "../management/management-access.ts";
import { openManagement } from "../management/open-management.ts";
import { createAttemptLimit } from "../pages/attempt-limit.ts";
import { createEmailVerification } from "./email-verification.ts";
import { createReadSessionToken } from "./session-token.ts";
import { createVerifyEmail, type VerifyEmail } from "./verify-email.ts";

export interface VerifyEmailSettings {
  /** VERIFY_EMAIL_URL */
  readonly url: URL;
  readonly sessionTokenSecret: string;
  readonly issuers: readonly string[];
  readonly management: ManagementAccess;
}

/** For one user, in any so many milliseconds. Auth0 has a limit of its own, for all users together. */
const MESSAGES = { most: 1, every: 60_000 } as const;
const CHECKS = { most: 10, every: 60_000 } as const;

export function openVerifyEmail(
  { url, sessionTokenSecret, issuers, management }: VerifyEmailSettings,
  dependencies: { readonly fetch: typeof fetch; readonly log: (line: string) => void },
): VerifyEmail {
  const clock = createSteadyClock();
  return createVerifyEmail({
    url,
    readSessionToken: createReadSessionToken({ secret: sessionTokenSecret, issuers, clock: Date.now }),
    verification: createEmailVerification(openManagement(management, dependencies.fetch)),
    limits: {
      messages: createAttemptLimit({ ...MESSAGES, clock }),
      checks: createAttemptLimit({ ...CHECKS, clock }),
    },
    log: dependencies.log,
  });
}
