import type { UserError } from "../../users/user-error.ts";

/** For the person at a page, which does not say that an address has an account already. */
export function describeRefusal({ code, message, weakness }: UserError): string {
  switch (code) {
    case "password_too_weak":
      return `Password is too weak:\n${weakness?.policy}`;
    case "password_too_common":
      return "Password is too common";
    case "password_has_user_info":
      return "Password contains user information";
    case "extensibility_error":
      return message;
    default:
      return "Something went wrong, please try again later";
  }
}
