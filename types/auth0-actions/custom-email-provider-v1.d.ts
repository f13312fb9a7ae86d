/**
 * Module `@auth0/actions/custom-email-provider/v1`, under the names of Auth0's own package. Delivers every mail of a tenant whose
 * email provider is `custom`. Source: Auth0 docs, "Custom Email Provider" event and API objects.
 */
import type { Configuration, CustomDomain, Dictionary, Geolocation, Organization, Secrets } from "./event.d.ts";
import type { DeliveryAPI, DeliveryTenant } from "./notification.d.ts";
import type { Client, Connection } from "./post-login-event.d.ts";

export type MessageType =
  | "verify_email"
  | "verify_email_by_code"
  | "reset_email"
  | "reset_email_by_code"
  | "welcome_email"
  | "verification_code"
  | "mfa_oob_code"
  | "enrollment_email"
  | "blocked_account"
  | "stolen_credentials"
  | "try_provider_configuration_email"
  | "organization_invitation";

export interface Event {
  client: Pick<Client, "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  connection?: Connection;
  custom_domain?: CustomDomain;
  notification: {
    from: string;
    html: string;
    locale: string;
    message_type: MessageType;
    subject: string;
    text: string;
    to: string;
  };
  organization?: Organization;
  request: { geoip?: Geolocation; hostname?: string; ip?: string; query?: Dictionary; user_agent?: string };
  readonly secrets: Secrets;
  tenant: DeliveryTenant;
  transaction?: { correlation_id?: string };
  user: Dictionary;
}

export interface CustomEmailProviderAPI extends DeliveryAPI {}

export type CustomEmailProviderAction = (event: Event, api: CustomEmailProviderAPI) => Promise<void>;

export type { Configuration, Secrets };
