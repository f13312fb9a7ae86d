/**
 * Module `@auth0/actions/post-change-password/v2`, under the names of Auth0's own package. Runs after a user of a database has a
 * new password, apart from the request. Source: Auth0 docs, "Post Change Password" event and API objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type { Configuration, CustomDomain, Request, Secrets, Tenant } from "./event.d.ts";
import type { Connection } from "./post-login-event.d.ts";
import type { SupplementalAssessment, UserBase } from "./user.d.ts";

export interface Event {
  authentication?: SupplementalAssessment;
  readonly configuration: Configuration;
  connection: Connection;
  custom_domain?: CustomDomain;
  request: Omit<Request, "body">;
  readonly secrets: Secrets;
  tenant: Tenant;
  transaction?: { correlation_id?: string };
  user: Pick<UserBase, "user_id"> &
    Partial<
      Pick<
        UserBase,
        "email" | "email_verified" | "last_password_reset" | "phone_number" | "phone_verified" | "username"
      >
    >;
}

export interface PostChangePasswordAPI {
  readonly cache: CacheAPI;
}

export type PostChangePasswordAction = (event: Event, api: PostChangePasswordAPI) => Promise<void>;

export type { Configuration, Secrets };
