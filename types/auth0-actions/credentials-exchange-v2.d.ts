/**
 * Module `@auth0/actions/credentials-exchange/v2`, under the names of Auth0's own package. Runs for the client
 * credentials grant only. Source: Auth0 docs, "Credentials Exchange" event and API objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type {
  Agent,
  Configuration,
  CustomDomain,
  Dictionary,
  Organization,
  Request,
  ResourceServer,
  Secrets,
  Tenant,
} from "./event.d.ts";
import type { TargetScopesAPI } from "./target-scopes.d.ts";

export interface Event {
  /** The token as it would be issued. */
  accessToken: { scope: string[]; customClaims: Dictionary };
  agent?: Agent;
  client: { client_id: string; name: string; metadata: Dictionary<string>; authentication?: Dictionary };
  readonly configuration: Configuration;
  custom_domain?: CustomDomain;
  organization?: Organization;
  request: Request;
  resource_server: ResourceServer;
  readonly secrets: Secrets;
  tenant: Tenant;
  transaction: { correlation_id?: string; requested_scopes: string[]; target_scopes?: string[] };
}

interface AccessAPI {
  /** Chains: returns the root `api`. */
  deny(code: "invalid_scope" | "invalid_request" | "server_error", reason?: string): CredentialsExchangeAPI;
}

interface AccessTokenAPI {
  /** Accepts every name; restricted ones are dropped when the token is issued. Chains. */
  setCustomClaim(key: string, value: unknown): CredentialsExchangeAPI;
}

export interface CredentialsExchangeAPI {
  readonly access: AccessAPI;
  readonly accessToken: AccessTokenAPI;
  readonly cache: CacheAPI;
  /** Early Access. */
  readonly transaction: TargetScopesAPI;
}

export type CredentialsExchangeAction = (event: Event, api: CredentialsExchangeAPI) => Promise<void>;

export type { Configuration, Secrets };
