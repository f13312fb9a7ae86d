import type { Authentication } from "./authentication.d.ts";
import type {
  Agent,
  CustomDomain,
  Device,
  Dictionary,
  Geolocation,
  Organization,
  Request,
  ResourceServer,
  Tenant,
} from "./event.d.ts";

export interface Client {
  client_id: string;
  name: string;
  metadata: Dictionary<string>;
  refresh_token?: { policies?: { audience?: string; scope?: string[] }[] };
  external_client_id?: string;
  external_metadata_type?: string;
  authentication?: Dictionary;
}

export interface Connection {
  id: string;
  name: string;
  /** `auth0` for a database; for a social connection the same as `name`. */
  strategy: string;
  metadata?: Dictionary<string>;
}

/** Set on refresh exchanges (Enterprise). Timestamps are ISO 8601. */
export interface RefreshToken {
  id: string;
  created_at: string;
  access?: "online" | "offline";
  client_id?: string;
  user_id?: string;
  session_id?: string;
  expires_at?: string;
  idle_expires_at?: string;
  last_exchanged_at?: string;
  rotating?: boolean;
  metadata?: Dictionary;
  device?: Device;
  /** `scopes` is one string, separated by spaces. */
  resource_servers?: { audience: string; scopes: string }[];
  session_transfer?: { parent_refresh_token?: { id?: string } };
}

/** Mostly Enterprise. Some flows hand over an empty object: test `event.session?.id`, not `event.session`. */
export interface Session {
  id: string;
  actor?: { sub: string } & Dictionary<string | number | boolean | null>;
  authenticated_at?: string;
  clients?: { client_id: string }[];
  cookie?: { mode: "persistent" | "non-persistent" };
  created_at?: string;
  updated_at?: string;
  device?: Device;
  expires_at?: string;
  idle_expires_at?: string;
  last_interacted_at?: string;
  metadata?: Dictionary;
  user_id?: string;
  session_transfer?: { parent_refresh_token?: { id?: string; metadata?: Dictionary } };
}

export interface SessionTransferToken {
  client_id: string;
  scope: string[];
  request: { ip: string; asn?: string; user_agent?: string; geoip?: Geolocation };
}

export type Protocol =
  | "oidc-basic-profile"
  | "oidc-implicit-profile"
  | "oidc-hybrid-profile"
  | "oidc-ciba"
  | "oidc-ciba-web-link"
  | "oauth2-device-code"
  | "oauth2-resource-owner"
  | "oauth2-resource-owner-jwt-bearer"
  | "oauth2-password"
  | "oauth2-webauthn"
  | "oauth2-access-token"
  | "oauth2-refresh-token"
  | "oauth2-token-exchange"
  | "oauth2-token-exchange-federated-connection"
  | "samlp"
  | "wsfed"
  | "wstrust-usernamemixed";

/** Who acts on behalf of whom in a token exchange, up to five deep. */
export type Actor = { sub: string; act?: Actor } & Dictionary;

export type TransactionMetadata = Dictionary<string | number | boolean>;

export type Transaction = {
  /** Browser flows only. */
  id?: string;
  acr_values?: string[];
  actor?: Actor;
  actor_token_type?: string;
  correlation_id?: string;
  linking_id?: string;
  locale?: string;
  login_hint?: string;
  metadata: TransactionMetadata;
  prompt?: string[];
  protocol?: Protocol;
  redirect_uri?: string;
  requested_authorization_details?: ({ type: string } & Dictionary)[];
  /** Absent on refresh exchanges and password grants. */
  requested_scopes?: string[];
  response_mode?: "query" | "fragment" | "form_post" | "web_message";
  response_type?: ("code" | "token" | "id_token")[];
  state?: string;
  subject_token_type?: string;
  /** Live: changed by `api.transaction.*TargetScope*`. */
  target_scopes?: string[];
  ui_locales?: string[];
} & Dictionary;

export type Identity = {
  connection?: string;
  isSocial?: boolean;
  profileData?: Dictionary<string>;
  provider?: string;
  user_id?: string;
} & Dictionary;

export type User = {
  user_id: string;
  /** ISO 8601. */
  created_at: string;
  updated_at: string;
  /** As the connection says. Absent in practice where a user has no email. */
  email_verified: boolean;
  app_metadata: Dictionary;
  user_metadata: Dictionary;
  identities: Identity[];
  email?: string;
  name?: string;
  nickname?: string;
  given_name?: string;
  family_name?: string;
  picture?: string;
  username?: string;
  phone_number?: string;
  phone_verified?: boolean;
  /** Database users only, once the password was changed. */
  last_password_reset?: string;
  multifactor?: string[];
  enrolledFactors?: ({ type: string; options?: Dictionary } & Dictionary)[];
} & Dictionary;

export interface PostLoginEvent {
  agent?: Agent;
  anonymous_session?: Dictionary;
  authentication?: Authentication;
  /** Role names, not ids; the organization's roles in an organization login. No permissions anywhere in the event. */
  authorization?: { roles: string[] };
  client: Client;
  connection: Connection;
  custom_domain?: CustomDomain;
  experiment?: Dictionary;
  organization?: Organization;
  /** The result of a form shown by `api.prompt.render`. */
  prompt?: { id: string; fields?: Dictionary; vars?: Dictionary };
  refresh_token?: RefreshToken;
  request: Request & { query: Dictionary };
  resource_server?: ResourceServer;
  security_context?: { ja3?: string; ja4?: string };
  session?: Session;
  session_transfer_token?: SessionTransferToken;
  /** Counts authentications with credentials, completed or not; not refresh exchanges nor single sign-on. */
  stats: { logins_count: number };
  tenant: Tenant;
  transaction?: Transaction;
  user: User;
}
