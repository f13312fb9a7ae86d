import type { NewUser } from "../../../types/auth0-actions/pre-user-registration-v2.d.ts";
import type { BrowserTransaction } from "../../../types/auth0-actions/user.d.ts";
import type { Client } from "../state/resources.ts";
import type { User } from "../state/user.ts";
import type { ActionRequest, ConnectionSummary } from "./login-context.ts";

/** What is known of a user who is about to be stored. */
export interface RegistrationContext {
  readonly connection: ConnectionSummary;
  /** Without the password. */
  readonly request: ActionRequest;
  readonly user: NewUser;
  /** Absent where the Management API makes the user. */
  readonly client?: Client;
  /** Of a browser's authorization request. */
  readonly transaction?: BrowserTransaction;
}

/** A user who has been stored. */
export interface RegisteredContext {
  readonly connection: ConnectionSummary;
  readonly request: ActionRequest;
  readonly user: User;
  readonly transaction?: BrowserTransaction;
}

/** A user who has a new password. */
export interface PasswordChangeContext {
  readonly connection: ConnectionSummary;
  readonly request: ActionRequest;
  readonly user: User;
}
