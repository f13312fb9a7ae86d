/**
 * Module `@auth0/actions/pre-user-registration/v2`, under the names of Auth0's own package. Runs before a user of a database or a
 * passwordless connection is stored. Source: Auth0 docs, "Pre User Registration" event and API objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type { Configuration, CustomDomain, Dictionary, Request, Secrets, Tenant } from "./event.d.ts";
import type { Client, Connection } from "./post-login-event.d.ts";
import type { BrowserTransaction, SecurityContext, SupplementalAssessment } from "./user.d.ts";

/** Not stored yet: no id, no dates, no word on whether the email is verified. */
export interface NewUser {
  app_metadata?: Dictionary;
  email?: string;
  family_name?: string;
  given_name?: string;
  name?: string;
  nickname?: string;
  phone_number?: string;
  picture?: string;
  user_metadata?: Dictionary;
  username?: string;
}

export interface Event {
  authentication?: SupplementalAssessment;
  client?: Pick<Client, "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  connection: Connection;
  custom_domain?: CustomDomain;
  /** Fields of a prompt of one's own are in `body`, as `ulp-<name>`. */
  request: Request;
  readonly secrets: Secrets;
  security_context?: SecurityContext;
  tenant: Tenant;
  /** Absent where the sign-up came through an API. */
  transaction?: BrowserTransaction;
  user: NewUser;
}

interface AccessAPI {
  /** Refuses the sign-up; no later Action runs. `reason` is for the log, `userMessage` may be shown. Chains. */
  deny(reason: string, userMessage: string): PreUserRegistrationAPI;
}

/** Gathered over all Actions, and written with the new user. `null` removes. Chains. */
interface UserAPI {
  setAppMetadata(key: string, value: unknown): PreUserRegistrationAPI;
  setUserMetadata(key: string, value: unknown): PreUserRegistrationAPI;
}

interface ValidationAPI {
  /** Refuses the sign-up. Both have at most 100 characters, else it throws. Chains. */
  error(errorCode: string, errorMessage: string): PreUserRegistrationAPI;
}

export interface PreUserRegistrationAPI {
  readonly access: AccessAPI;
  readonly cache: CacheAPI;
  readonly user: UserAPI;
  readonly validation: ValidationAPI;
}

export type PreUserRegistrationAction = (event: Event, api: PreUserRegistrationAPI) => Promise<void>;

export type { Configuration, Secrets };
