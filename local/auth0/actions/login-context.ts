import type { Geolocation } from "../../../types/auth0-actions/event.d.ts";
import type { Protocol, Transaction, TransactionMetadata } from "../../../types/auth0-actions/post-login-event.d.ts";
import type { Client } from "../state/resources.ts";

/** What the Authentication API knows when it hands a login to the Actions. All of it is plain data; times are milliseconds. */
export interface LoginContext {
  readonly protocol: Protocol;
  readonly request: ActionRequest;
  /** `user_id` of a user in the tenant's state, `logins_count` already raised (Auth0 counts before Actions run). */
  readonly userId: string;
  readonly client: Client;
  readonly connection: ConnectionSummary;
  /** Id of the organization the user logs in to. */
  readonly organizationId?: string;
  /** The API asked for; absent for an opaque token. */
  readonly audience?: string;
  /** In the order in which the user passed them; single sign-on repeats those of the session. */
  readonly authenticationMethods: readonly AuthenticationMethod[];
  readonly session?: SessionSummary;
  /** Refresh exchanges only. */
  readonly refreshToken?: RefreshTokenSummary;
  readonly transaction: TransactionParameters;
}

export interface ConnectionSummary {
  readonly id: string;
  readonly name: string;
  /** `auth0` for a database. */
  readonly strategy: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ActionRequest {
  readonly ip: string;
  readonly method: string;
  /** The tenant's domain, as `event.request.hostname`. */
  readonly hostname: string;
  /** As received: the event builder withholds what Auth0 withholds (`client_secret`, `refresh_token`, …). */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly userAgent?: string;
  /** First language of Accept-Language. */
  readonly language?: string;
  /** A loopback address is nowhere. */
  readonly geoip?: Geolocation;
}

export interface AuthenticationMethod {
  /** `pwd`, `federated`, `sms`, `email`, …, or the URL that `api.authentication.recordMethod` was given. */
  readonly name: string;
  readonly at: number;
}

export interface DeviceSummary {
  readonly initialIp?: string;
  readonly initialUserAgent?: string;
  readonly lastIp?: string;
  readonly lastUserAgent?: string;
}

export interface SessionSummary {
  readonly id: string;
  readonly createdAt: number;
  readonly authenticatedAt: number;
  readonly updatedAt: number;
  readonly lastInteractedAt: number;
  readonly expiresAt?: number;
  readonly idleExpiresAt?: number;
  readonly clientIds: readonly string[];
  readonly cookieMode?: "persistent" | "non-persistent";
  readonly device?: DeviceSummary;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface RefreshTokenSummary {
  readonly id: string;
  readonly createdAt: number;
  readonly sessionId?: string;
  readonly expiresAt?: number;
  readonly idleExpiresAt?: number;
  readonly lastExchangedAt?: number;
  readonly rotating: boolean;
  readonly access?: "online" | "offline";
  readonly resourceServers: readonly { readonly audience: string; readonly scopes: readonly string[] }[];
  readonly device?: DeviceSummary;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The request's OAuth parameters, under the names of `event.transaction` where they are shown unchanged. */
export interface TransactionParameters
  extends Pick<
    Transaction,
    | "acr_values"
    | "actor"
    | "actor_token_type"
    | "subject_token_type"
    | "locale"
    | "login_hint"
    | "prompt"
    | "redirect_uri"
    | "response_mode"
    | "response_type"
    | "ui_locales"
  > {
  /** Browser flows only. */
  readonly id?: string;
  readonly state?: string;
  readonly correlation_id?: string;
  /** Scopes asked for now, in any flow: the builder knows in which flows an Action sees them. */
  readonly requestedScopes: readonly string[];
  readonly metadata?: Readonly<TransactionMetadata>;
}

/** A client credentials exchange as it stands before the Actions: client authenticated, grant checked. */
export interface ExchangeContext {
  readonly request: ActionRequest;
  readonly client: Client;
  readonly audience: string;
  readonly organizationId?: string;
  /** From the request; empty when it named none. */
  readonly requestedScopes: readonly string[];
  /** What the token would carry: the grant's scopes, or those of them asked for. */
  readonly grantedScopes: readonly string[];
  readonly correlationId?: string;
}
