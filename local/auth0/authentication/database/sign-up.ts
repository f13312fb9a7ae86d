import type { Client, Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { createUser } from "../../users/create-user.ts";
import { UserError } from "../../users/user-error.ts";
import type { Caller } from "../caller.ts";
import { writeLog } from "../log-event.ts";
import { createTicketUrl } from "../tickets.ts";

/** What a person who signs up may say about themselves: no `app_metadata`, no `email_verified`. */
export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly username?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
}

/**
 * Makes a user of a database who came by themselves, and sends the mail that verifies their address (a link in the
 * server's log).
 *
 * @throws {UserError}
 */
export async function signUp(
  tenant: Tenant,
  client: Client,
  connection: Connection,
  person: SignUp,
  caller: Caller,
): Promise<User> {
  const event = { caller, client, connection: connection.name };
  try {
    const user = await createUser(tenant, connection, { ...person, email_verified: false });
    writeLog(tenant, { ...event, type: "ss", user });
    sendVerification(tenant, user);
    return user;
  } catch (error) {
    if (error instanceof UserError) writeLog(tenant, { ...event, type: "fs", description: error.message });
    throw error;
  }
}

export function sendVerification(tenant: Pick<Tenant, "inFlight" | "issuer" | "log">, user: User): void {
  if (user.email === undefined) return;
  const url = createTicketUrl(tenant, { for: "email-verification", userId: user.user_id, email: user.email });
  tenant.log(`${user.user_id}: verify the email address at ${url}`);
}
