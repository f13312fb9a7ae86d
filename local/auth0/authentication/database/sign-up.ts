import type { ActionRequest } from "../../actions/login-context.ts";
import type { Client, Connection } from "../../state/resources.ts";
import type { User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { type Registration, registerUser } from "../../users/register-user.ts";
import { RegistrationRefused, UserError } from "../../users/user-error.ts";
import type { Caller } from "../caller.ts";
import { type AuthenticationEvent, writeLog } from "../log-event.ts";
import { sendLink } from "../send-mail.ts";
import { createTicketUrl } from "../tickets.ts";

/** What a person who signs up may say about themselves: no `app_metadata`, no `email_verified`. */
export interface SignUp {
  /** At least one of these. */
  readonly email?: string;
  readonly username?: string;
  readonly phone_number?: string;
  readonly password: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
}

export interface SignUpRequest extends Omit<Registration, "client"> {
  readonly caller: Caller;
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
  { caller, ...how }: SignUpRequest,
): Promise<User> {
  const event = { caller, client, connection: connection.name };
  try {
    const given = { ...person, ...(person.email !== undefined && { email_verified: false }) };
    const { user, actions } = await registerUser(tenant, connection, given, { ...how, client });
    writeLog(tenant, { ...event, type: "ss", user, ...(actions !== undefined && { details: { actions } }) });
    sendVerification(tenant, user, how.request, client);
    return user;
  } catch (error) {
    if (error instanceof UserError) writeLog(tenant, { ...event, type: "fs", ...describeError(error) });
    throw error;
  }
}

function describeError(error: UserError): Pick<AuthenticationEvent, "description" | "details"> {
  if (!(error instanceof RegistrationRefused)) return { description: error.message };
  return { description: error.reason, details: { actions: error.actions } };
}

export function sendVerification(
  tenant: Pick<Tenant, "actions" | "inFlight" | "issuer" | "log">,
  user: User,
  request: ActionRequest,
  client?: Client,
): void {
  if (user.email === undefined) return;
  const url = createTicketUrl(tenant, { for: "email-verification", userId: user.user_id, email: user.email });
  const purpose = "verify the email address";
  sendLink(tenant, { messageType: "verify_email", subject: "Verify your email", purpose, url, user, request, client });
}
