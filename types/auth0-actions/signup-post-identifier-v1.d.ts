/**
 * Module `@auth0/actions/signup-post-identifier/v1`, under the names of Auth0's own package (Beta). By its name it runs in a sign-up,
 * after the identifier was typed; what it can do there is not published. Source: the package's event.
 */
import type { Configuration, Dictionary, Organization, Request, ResourceServer, Secrets, Tenant } from "./event.d.ts";
import type { Client, Connection } from "./post-login-event.d.ts";
import type { BrowserTransaction, SecurityContext } from "./user.d.ts";

export interface Event {
  client: Pick<Client, "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  /** As before the trigger: what Actions ask for does not show here. */
  initial_connection: Connection;
  initial_organization?: Organization;
  request: Omit<Request, "body"> & { query: Dictionary };
  resource_server?: ResourceServer;
  readonly secrets: Secrets;
  security_context?: SecurityContext;
  tenant: Tenant;
  transaction: BrowserTransaction;
}

export type SignupPostIdentifierAPI = Readonly<Record<string, never>>;

export type SignupPostIdentifierAction = (event: Event, api: SignupPostIdentifierAPI) => Promise<void>;

export type { Configuration, Secrets };
