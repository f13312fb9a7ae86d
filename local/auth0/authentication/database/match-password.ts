import type { Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { findUserInConnection } from "../../users/find.ts";
import { isPasswordOf } from "../../users/set-password.ts";
import type { Caller } from "../caller.ts";
import { countFailure, forgetFailures, isBlocked } from "./attempts.ts";

export type PasswordCheck =
  | { readonly kind: "right"; readonly user: User }
  | { readonly kind: "wrong-password"; readonly user: User }
  | { readonly kind: "unknown-user" }
  /** Brute-force protection: the password was not even looked at. */
  | { readonly kind: "too-many-attempts" };

/**
 * Who has this email or username and this password in a database. Takes as long for somebody it does not know, and the
 * caller is to answer both failures alike: the answer must not tell who has an account.
 */
export async function matchPassword(
  { inFlight, state }: Pick<Tenant, "inFlight" | "state">,
  connection: Connection,
  identifier: string,
  password: string,
  { ip }: Pick<Caller, "ip">,
): Promise<PasswordCheck> {
  const attempt = { connection, identifier, ip };
  if (isBlocked(inFlight, attempt)) return { kind: "too-many-attempts" };
  // Counted before the password is looked at: many attempts at the same time are many.
  countFailure(inFlight, attempt);
  const name = identifier.trim();
  const user =
    findUserInConnection(state, connection.name, "email", name) ??
    findUserInConnection(state, connection.name, "username", name) ??
    findUserInConnection(state, connection.name, "phone_number", name);
  const identity = user?.identities.find((candidate) => candidate.connection === connection.name);
  const isRight = await isPasswordOf(state, identity, password);
  if (isRight) forgetFailures(inFlight, attempt);
  if (user === undefined) return { kind: "unknown-user" };
  return { kind: isRight ? "right" : "wrong-password", user };
}
