/**
 * Module `@auth0/actions/post-user-registration/v2`, under the names of Auth0's own package. Runs after a user of a database or a
 * passwordless connection was stored, apart from the request. Source: Auth0 docs, "Post User Registration" event and API objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type { Configuration, CustomDomain, Request, Secrets, Tenant } from "./event.d.ts";
import type { Connection } from "./post-login-event.d.ts";
import type { BrowserTransaction, SecurityContext, SupplementalAssessment, UserBase } from "./user.d.ts";

export interface Event {
  authentication?: SupplementalAssessment;
  readonly configuration: Configuration;
  connection: Connection;
  custom_domain?: CustomDomain;
  request?: Omit<Request, "body">;
  readonly secrets: Secrets;
  security_context?: SecurityContext;
  tenant: Tenant;
  transaction?: BrowserTransaction;
  user: UserBase;
}

export interface PostUserRegistrationAPI {
  readonly cache: CacheAPI;
}

export type PostUserRegistrationAction = (event: Event, api: PostUserRegistrationAPI) => Promise<void>;

export type { Configuration, Secrets };
