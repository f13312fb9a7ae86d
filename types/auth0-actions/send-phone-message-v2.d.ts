/**
 * Module `@auth0/actions/send-phone-message/v2`, under the names of Auth0's own package. Sends the messages of multi-factor
 * authentication by phone; only a throw says that one could not be sent. Source: Auth0 docs, "Send Phone Message" objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type { Configuration, CustomDomain, Request, Secrets, Tenant } from "./event.d.ts";
import type { Client } from "./post-login-event.d.ts";
import type { Identity, SecurityContext, UserBase } from "./user.d.ts";

export interface Event {
  client?: Pick<Client, "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  custom_domain?: CustomDomain;
  message_options: {
    action: "enrollment" | "second-factor-authentication";
    code: string;
    message_type: "sms" | "voice";
    recipient: string;
    text: string;
  };
  request: Omit<Request, "body">;
  readonly secrets: Secrets;
  security_context?: SecurityContext;
  tenant: Tenant;
  transaction?: { correlation_id?: string };
  user: UserBase & { identities: Identity[]; multifactor?: string[] };
}

export interface SendPhoneMessageAPI {
  readonly cache: CacheAPI;
}

export type SendPhoneMessageAction = (event: Event, api: SendPhoneMessageAPI) => Promise<void>;

export type { Configuration, Secrets };
