import type { ActionRequest } from "../actions/login-context.ts";
import type { ActionsLogDetails } from "../actions/outcome.ts";
import type { RegistrationContext } from "../actions/registration-context.ts";
import { describeConnection } from "../connections.ts";
import type { Connection } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { Tenant } from "../tenant.ts";
import { createUser, DATABASE_STRATEGY, type NewUser } from "./create-user.ts";
import { RegistrationRefused } from "./user-error.ts";

/** Who asks for the user, and how. */
export interface Registration extends Pick<RegistrationContext, "client" | "transaction"> {
  /** Without the password. */
  readonly request: ActionRequest;
}

interface Registered {
  readonly user: User;
  /** Of the Actions that ran before; undefined when none is bound. */
  readonly actions: ActionsLogDetails | undefined;
}

/** What an Action is shown of somebody who is not stored yet. */
const SHOWN = [
  "email",
  "username",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "nickname",
  "picture",
  "app_metadata",
  "user_metadata",
] as const;

/**
 * Makes a user of a database or a passwordless connection, if the Actions before the registration let it, and tells those after it.
 *
 * @throws {UserError} of createUser, or RegistrationRefused
 */
export async function registerUser(
  tenant: Pick<Tenant, "actions" | "clock" | "state">,
  connection: Connection,
  given: NewUser,
  registration: Registration,
): Promise<Registered> {
  const { actions, state } = tenant;
  const context = { ...registration, connection: describeConnection(state, connection.name) };
  const outcome = await actions.runPreUserRegistration({ ...context, user: describeNewUser(given) });
  if (outcome.kind === "denied") {
    throw new RegistrationRefused(outcome.userMessage, outcome.reason, outcome.logDetails);
  }
  if (outcome.kind === "failed") {
    throw new RegistrationRefused(outcome.error.message, outcome.error.message, outcome.logDetails);
  }
  const metadata = connection.strategy === DATABASE_STRATEGY ? outcome.metadata : {};
  const user = await createUser(tenant, connection, { ...given, ...metadata });
  actions.runPostUserRegistration({ ...context, user });
  return { user, actions: outcome.logDetails };
}

function describeNewUser(given: NewUser): RegistrationContext["user"] {
  const shown = SHOWN.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  const user: RegistrationContext["user"] = Object.fromEntries(shown);
  return user.email === undefined ? user : { ...user, email: user.email.toLowerCase() };
}
