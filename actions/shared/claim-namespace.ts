import { ActionError } from "./action-error.ts";
import { readRequired, readUrl, type Secrets } from "./settings.ts";

/** Of an API whose name cannot be the namespace of its claims. */
export interface ClaimNamespace {
  /** The API's identifier. */
  readonly audience: string;
  /** An https URL that ends in a slash. */
  readonly prefix: string;
}

/** Auth0 drops claims under these domains without a word (its docs, "Create Custom Claims"). */
const RESERVED = /(^|\.)(auth0\.com|webtask\.io|webtask\.run)$/;

/** @throws {ActionError} `bad_setting` */
export function readClaimNamespace(secrets: Secrets<"API_IDENTIFIER" | "CLAIM_NAMESPACE">): ClaimNamespace | undefined {
  const prefix = readUrl(secrets, "CLAIM_NAMESPACE");
  if (prefix === undefined) return undefined;
  const { hostname, protocol } = new URL(prefix);
  if (protocol !== "https:" || !prefix.endsWith("/") || RESERVED.test(hostname)) {
    throw new ActionError(
      "CLAIM_NAMESPACE must be an https URL of your own domain with a slash at the end. Set it among the Action's secrets and deploy.",
    );
  }
  return { audience: readRequired(secrets, "API_IDENTIFIER"), prefix };
}
