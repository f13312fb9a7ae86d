/** The tenant's records as the Management API shows them; fields that nothing here reads are kept as they came. */

import type { TokenQuota } from "./token-quota.ts";

/** What some of a client's credentials are for. */
interface CredentialUse {
  readonly credentials: readonly { readonly id: string }[];
}

export interface Client extends Record<string, unknown> {
  readonly client_id: string;
  readonly name: string;
  readonly client_secret?: string;
  readonly app_type?: string;
  readonly grant_types?: readonly string[];
  readonly token_endpoint_auth_method?: "none" | "client_secret_post" | "client_secret_basic" | null;
  readonly session_transfer?: object | null;
  readonly signed_request_object?: Partial<CredentialUse> | null;
  readonly token_vault_privileged_access?: CredentialUse | null;
  readonly token_quota?: TokenQuota | null;
  readonly callbacks?: readonly string[];
  readonly allowed_logout_urls?: readonly string[];
  readonly allowed_origins?: readonly string[];
  readonly web_origins?: readonly string[];
  readonly is_first_party?: boolean;
  /** Of an application of somebody else's; set once. */
  readonly third_party_security_mode?: "strict" | "permissive";
  readonly global?: boolean;
  readonly refresh_token?: RefreshTokenPolicy;
  readonly organization_usage?: "deny" | "allow" | "require";
  readonly organization_require_behavior?: "no_prompt" | "pre_login_prompt" | "post_login_prompt";
  readonly default_organization?: { readonly organization_id: string; readonly flows: readonly string[] } | null;
  readonly client_metadata?: Readonly<Record<string, string>>;
  readonly token_exchange?: { readonly allow_any_profile_of_type?: readonly string[] | null } | null;
  readonly oidc_conformant?: boolean;
  /** With one of these the client proves itself, and with nothing else. */
  readonly client_authentication_methods?: {
    readonly private_key_jwt?: CredentialUse;
  };
}

export interface RefreshTokenPolicy {
  readonly rotation_type: "rotating" | "non-rotating";
  readonly expiration_type: "expiring" | "non-expiring";
  /** Seconds in which the token before the current one still works. */
  readonly leeway?: number;
  /** Seconds. */
  readonly token_lifetime?: number;
  readonly idle_token_lifetime?: number;
  readonly infinite_token_lifetime?: boolean;
  readonly infinite_idle_token_lifetime?: boolean;
  /** The other APIs that a token may be exchanged for. */
  readonly policies?: readonly { readonly audience: string; readonly scope: readonly string[] }[] | null;
}

export interface ClientGrant extends Record<string, unknown> {
  readonly id: string;
  /** Whose it is, unless it is `default_for` many. */
  readonly client_id?: string;
  readonly default_for?: "third_party_clients";
  readonly audience: string;
  readonly scope: readonly string[];
  readonly subject_type: "client" | "user";
  readonly organization_usage?: "deny" | "allow" | "require" | null;
  readonly allow_any_organization?: boolean | null;
}

interface ApiScope {
  readonly value: string;
  readonly description?: string;
}

type TokenDialect = "access_token" | "access_token_authz" | "rfc9068_profile" | "rfc9068_profile_authz";

export interface ResourceServer extends Record<string, unknown> {
  readonly id: string;
  readonly name?: string;
  readonly identifier: string;
  readonly scopes?: readonly ApiScope[];
  readonly is_system?: boolean;
  readonly signing_alg: string;
  /** With HS256. */
  readonly signing_secret?: string;
  /** Seconds. */
  readonly token_lifetime: number;
  readonly token_lifetime_for_web?: number;
  readonly token_dialect?: TokenDialect;
  readonly enforce_policies?: boolean;
  readonly allow_offline_access: boolean;
  /** Which clients may have tokens for this API, for themselves and for their users. */
  readonly subject_type_authorization?: {
    readonly user?: { readonly policy?: "allow_all" | "deny_all" | "require_client_grant" };
    readonly client?: { readonly policy?: "deny_all" | "require_client_grant" };
  };
}

export interface Connection extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Client ids. */
  readonly enabled_clients: readonly string[];
  /** Names that `password-realm` grants may use for it. */
  readonly realms: readonly string[];
  readonly is_domain_connection?: boolean;
  readonly authentication?: { readonly active: boolean };
  readonly display_name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}
