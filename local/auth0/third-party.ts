import type { Client } from "./state/resources.ts";

/** What an application of somebody else's may use under Auth0's enhanced security controls. */
export const STRICT_GRANT_TYPES: ReadonlySet<string> = new Set([
  "authorization_code",
  "refresh_token",
  "client_credentials",
]);

/** Whether those bind it (Auth0 docs, "Security Controls for Third-Party Applications"). */
export function isStrict({
  is_first_party,
  third_party_security_mode,
}: Pick<Client, "is_first_party" | "third_party_security_mode">): boolean {
  return is_first_party === false && third_party_security_mode === "strict";
}
