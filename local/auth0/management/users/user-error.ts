import { UserError } from "../../users/user-error.ts";
import { ManagementError } from "../error.ts";

/** Runs what may refuse a user, and puts the refusal into the Management API's form. */
export async function withManagementErrors<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    throw error instanceof UserError ? toManagementError(error) : error;
  }
}

/** What the database itself refuses is an `auth0_idp_error`. */
function toManagementError({ code, message }: UserError): ManagementError {
  switch (code) {
    case "user_exists":
      return new ManagementError(409, message, "auth0_idp_error");
    case "password_too_weak":
    case "password_too_common":
    case "password_has_user_info":
      return new ManagementError(400, message, "auth0_idp_error");
    case "extensibility_error":
      return new ManagementError(400, message, code);
    case "invalid_connection":
    case "missing_identifier":
    case "username_not_allowed":
    case "username_required":
    case "password_required":
      return new ManagementError(400, message, "invalid_body");
  }
}
