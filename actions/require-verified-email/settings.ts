import { ActionError } from "../shared/action-error.ts";
import { readInstant, readRequired, readUrl, type Secrets as SecretsNamed } from "../shared/settings.ts";

export type Secrets = SecretsNamed<
  "TRUSTED_EMAIL_CONNECTIONS" | "VERIFY_EMAIL_SINCE" | "VERIFY_EMAIL_URL" | "SESSION_TOKEN_SECRET"
>;

export interface VerificationPage {
  url: string;
  /** Signs the session token, HS256. */
  sessionTokenSecret: string;
}

/** Users created since then must have a verified email: milliseconds since the epoch. Missing: everybody. */
export const readSince = (secrets: Secrets): number =>
  readInstant(secrets, "VERIFY_EMAIL_SINCE") ?? Number.NEGATIVE_INFINITY;

/** Where to verify; undefined if there is no such page. */
export function readVerificationPage(secrets: Secrets): VerificationPage | undefined {
  const url = readUrl(secrets, "VERIFY_EMAIL_URL");
  if (url === undefined) return undefined;
  const sessionTokenSecret = readRequired(secrets, "SESSION_TOKEN_SECRET");
  // RFC 7518 §3.2: a key for HS256 has 256 bits or more.
  if (new TextEncoder().encode(sessionTokenSecret).length < 32) {
    throw new ActionError("SESSION_TOKEN_SECRET is shorter than 32 bytes. Set a longer one and deploy.");
  }
  return { url, sessionTokenSecret };
}
