import { readChoice, readCount, readRequired, type Secrets as SecretsNamed } from "../shared/settings.ts";

export type Secrets = SecretsNamed<
  | "API_IDENTIFIER"
  | "STRIPE_SECRET_KEY"
  | "STRIPE_FAILURE"
  | "STRIPE_RECHECK_HOURS"
  | "DIRECT_PERMISSIONS"
  | "EXTENSION_PERMISSIONS"
>;

export interface Settings {
  /** The one API whose scopes are looked at. */
  apiIdentifier: string;
  /** Stripe does not answer: `keep` goes by what was last known, for a day; `deny` takes the paid scopes away. */
  onFailure: "keep" | "deny";
  /** Seconds after which Stripe is asked again even if nothing has been heard. */
  recheckAfter: number;
  /** Whether scopes can come from elsewhere than roles: as the settings of filter-scopes say. */
  hasOtherPermissions: boolean;
}

/** @throws {ActionError} `bad_setting` */
export const readSettings = (secrets: Secrets): Settings => ({
  apiIdentifier: readRequired(secrets, "API_IDENTIFIER"),
  onFailure: readChoice(secrets, "STRIPE_FAILURE", ["keep", "deny"]),
  recheckAfter: readCount(secrets, "STRIPE_RECHECK_HOURS", 24) * 3600,
  hasOtherPermissions:
    readChoice(secrets, "DIRECT_PERMISSIONS", ["remove", "keep"]) === "keep" ||
    readChoice(secrets, "EXTENSION_PERMISSIONS", ["off", "on"]) === "on",
});
