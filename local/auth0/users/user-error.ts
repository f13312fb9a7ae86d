import type { PasswordPolicy } from "password-sheriff";
import type { ActionsLogDetails } from "../actions/outcome.ts";

export type UserErrorCode =
  | "extensibility_error"
  | "user_exists"
  | "invalid_connection"
  | "missing_identifier"
  | "username_not_allowed"
  | "username_required"
  | "password_required"
  | "password_too_weak"
  | "password_too_common"
  | "password_has_user_info";

interface Weakness {
  /** Which rules held and which did not. */
  readonly missing: ReturnType<PasswordPolicy["missing"]>;
  /** All of them as a text for people, a line each. */
  readonly policy: string;
}

/** Why a user cannot be made or changed so. Each endpoint puts it into its own wire form. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: UserErrorCode;
  /** For `password_too_weak`. */
  readonly weakness: Weakness | undefined;

  constructor(code: UserErrorCode, message: string, weakness?: Weakness) {
    super(message);
    this.code = code;
    this.weakness = weakness;
  }
}

/** An Action did not let the user be made: the message is for the person. */
export class RegistrationRefused extends UserError {
  /** For the log. */
  readonly reason: string;
  readonly actions: ActionsLogDetails | undefined;

  constructor(userMessage: string, reason: string, actions: ActionsLogDetails | undefined) {
    super("extensibility_error", userMessage);
    this.reason = reason;
    this.actions = actions;
  }
}
