import type { PasswordCheck } from "./password-policy.ts";

export type UserErrorCode =
  | "user_exists"
  | "invalid_connection"
  | "missing_identifier"
  | "username_not_allowed"
  | "username_required"
  | "password_required"
  | "password_too_weak"
  | "password_too_common"
  | "password_has_user_info";

/** Why a user cannot be made or changed so. Each endpoint puts it into its own wire form. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: UserErrorCode;
  /** For `password_too_weak`: which rules held and which did not. */
  readonly check: PasswordCheck | undefined;

  constructor(code: UserErrorCode, message: string, check?: PasswordCheck) {
    super(message);
    this.code = code;
    this.check = check;
  }
}
