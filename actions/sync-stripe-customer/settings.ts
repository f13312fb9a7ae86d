import { readChoice, readList, readRequiredInstant, type Secrets as SecretsNamed } from "../shared/settings.ts";

/** Each line in the log begins with it. */
export const NAME = "sync-stripe-customer";

export type Secrets = SecretsNamed<
  | "TRUSTED_EMAIL_CONNECTIONS"
  | "STRIPE_SECRET_KEY"
  | "STRIPE_SYNC_SINCE"
  | "STRIPE_CUSTOMER"
  | "STRIPE_FAILURE"
  | "STRIPE_EXISTING_CUSTOMER"
  | "STRIPE_ADOPT_CONNECTIONS"
>;

/**
 * The day the sync went live, in milliseconds since the epoch: whoever was created since is new.
 *
 * @throws {ActionError} `bad_setting`, also when it is missing: guessed too early, every old user would get a customer
 */
export const readSyncSince = (secrets: Secrets): number => readRequiredInstant(secrets, "STRIPE_SYNC_SINCE");

/** When a customer is made: at the first login, or when the person goes to the checkout. @throws {ActionError} `bad_setting` */
export const readWhenMade = (secrets: Secrets): "login" | "checkout" =>
  readChoice(secrets, "STRIPE_CUSTOMER", ["login", "checkout"]);

/** What becomes of a login whose customer could not be settled. @throws {ActionError} `bad_setting` */
export const readOnFailure = (secrets: Secrets): "deny" | "allow" =>
  readChoice(secrets, "STRIPE_FAILURE", ["deny", "allow"]);

/**
 * Connections whose word on a verified email is enough to adopt a customer without an owner. Empty: never adopt.
 *
 * @throws {ActionError} `bad_setting`
 */
export function readAdoptConnections(secrets: Secrets): readonly unknown[] {
  const existing = readChoice(secrets, "STRIPE_EXISTING_CUSTOMER", ["deny", "adopt"]);
  return existing === "adopt" ? readList(secrets, "STRIPE_ADOPT_CONNECTIONS") : [];
}
