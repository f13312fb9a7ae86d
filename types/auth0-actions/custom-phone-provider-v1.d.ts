/**
 * Module `@auth0/actions/custom-phone-provider/v1`, under the names of Auth0's own package. Delivers texts and calls of a tenant
 * whose phone provider is `custom`. Source: Auth0 docs, "Custom Phone Provider" event and API objects.
 */
import type { Configuration, CustomDomain, Organization, Request, Secrets } from "./event.d.ts";
import type { DeliveryAPI, DeliveryTenant } from "./notification.d.ts";
import type { Client, Connection } from "./post-login-event.d.ts";
import type { Identity, UserBase } from "./user.d.ts";

export interface Event {
  client: Pick<Client, "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  connection?: Connection;
  custom_domain?: CustomDomain;
  notification: {
    as_text: string;
    as_voice: string;
    /** Of one-time passwords. */
    code?: string;
    delivery_method: "text" | "voice";
    from?: string;
    locale?: string;
    message_type: "otp_verify" | "otp_enroll" | "blocked_account" | "change_password" | "password_breach";
    recipient: string;
  };
  organization?: Organization;
  request: Omit<Request, "body">;
  readonly secrets: Secrets;
  tenant: DeliveryTenant;
  transaction?: { correlation_id?: string };
  user: UserBase & { identities: Identity[] };
}

export interface CustomPhoneProviderAPI extends DeliveryAPI {}

export type CustomPhoneProviderAction = (event: Event, api: CustomPhoneProviderAPI) => Promise<void>;

export type { Configuration, Secrets };
