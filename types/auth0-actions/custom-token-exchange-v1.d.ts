/**
 * Module `@auth0/actions/custom-token-exchange/v1`, under the names of Auth0's own package. Says whose the foreign token is that a
 * client exchanges (RFC 8693); belongs to one token exchange profile. Source: Auth0 docs, "Custom Token Exchange" objects.
 */
import type { CacheAPI } from "./cache.d.ts";
import type {
  Configuration,
  CustomDomain,
  Dictionary,
  Organization,
  Request,
  ResourceServer,
  Secrets,
  Tenant,
} from "./event.d.ts";
import type { Actor, Client } from "./post-login-event.d.ts";
import type { Identity, UserBase } from "./user.d.ts";

export interface Event {
  client: Pick<Client, "authentication" | "client_id" | "name" | "metadata">;
  readonly configuration: Configuration;
  custom_domain?: CustomDomain;
  organization?: Organization;
  request: Request;
  resource_server: ResourceServer;
  readonly secrets: Secrets;
  tenant: Tenant;
  transaction: {
    actor_token?: string;
    actor_token_type?: string;
    /** Only of an ID token that Auth0 has verified itself. */
    actor_token_user?: UserBase & { identities: Identity[]; multifactor?: string[] };
    requested_scopes: string[];
    requested_token_type: string | null;
    subject_token: string;
    subject_token_type: string;
  };
}

/** `user_id` is that inside the connection. At most 24 attributes. */
export type ConnectionUser = {
  user_id: string;
  email?: string;
  email_verified?: boolean;
  family_name?: string;
  given_name?: string;
  name?: string;
  nickname?: string;
  phone_number?: string;
  phone_verified?: boolean;
  picture?: string;
  username?: string;
  verify_email?: boolean;
} & Dictionary;

interface UserOptions {
  creationBehavior: "create_if_not_exists" | "none";
  updateBehavior: "replace" | "none";
}

export interface CustomTokenExchangeAPI {
  readonly access: {
    deny(code: string, reason: string): void;
    /** Answers `invalid_request`, and counts against the address that asks. */
    rejectInvalidSubjectToken(reason: string): void;
  };
  /** One of the first two must be called, and only one. */
  readonly authentication: {
    setUserById(userId: string): void;
    setUserByConnection(connectionName: string, user: ConnectionUser, options: UserOptions): void;
    setOrganization(idOrName: string): void;
    setActor(actor: Actor): void;
  };
  readonly cache: CacheAPI;
  readonly user: {
    setAppMetadata(key: string, value: unknown): void;
    setUserMetadata(key: string, value: unknown): void;
  };
}

export type CustomTokenExchangeAction = (event: Event, api: CustomTokenExchangeAPI) => Promise<void>;

export type { Configuration, Secrets };
