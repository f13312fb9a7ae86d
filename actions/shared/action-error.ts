/**
 * A setting that is missing or wrong. The message goes to the tenant's log: it names settings, never values of secrets, tokens or
 * email addresses.
 */
export class ActionError extends Error {
  readonly code = "bad_setting";
}
