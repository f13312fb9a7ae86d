import { type PasswordCheck, renderPolicy } from "../../users/password-policy.ts";

/** For the person who chooses it: with the rules, a line each. */
export function describeWeakPassword(check: PasswordCheck | undefined): string {
  const text = "Password is too weak";
  return check === undefined ? text : `${text}:\n${renderPolicy(check)}`;
}
