import type { TenantState } from "./tenant-state.ts";

export type TenantSettings = Readonly<Record<string, unknown>>;

/** Settings of a tenant that nobody changed. Lifetimes in hours. */
const TENANT_DEFAULTS: TenantSettings = {
  client_id_metadata_document_supported: false,
  enabled_locales: ["en"],
  flags: {
    allow_changing_enable_sso: false,
    allow_legacy_delegation_grant_types: false,
    allow_legacy_ro_grant_types: false,
    cannot_change_enforce_client_authentication_on_passwordless_start: true,
    change_pwd_flow_v1: false,
    disable_clickjack_protection_headers: false,
    disable_impersonation: true,
    enable_apis_section: false,
    enable_client_connections: false,
    enable_custom_domain_in_emails: false,
    enable_dynamic_client_registration: false,
    enable_legacy_logs_search_v2: false,
    enable_pipeline2: false,
    enable_public_signup_user_exists_error: true,
    enable_sso: true,
    enforce_client_authentication_on_passwordless_start: true,
    new_universal_login_experience_enabled: true,
    revoke_refresh_token_grant: false,
    universal_login: true,
    use_scope_descriptions_for_consent: false,
  },
  friendly_name: "Local tenant",
  idle_session_lifetime: 72,
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  resource_parameter_profile: "audience",
  sandbox_version: "22",
  session_cookie: { mode: "non-persistent" },
  session_lifetime: 168,
};

/** The settings as they stand, defaults included. */
export function readTenantSettings({ settings }: Pick<TenantState, "settings">): TenantSettings {
  const stored = settings.get("tenant") ?? {};
  return { ...TENANT_DEFAULTS, ...stored, flags: readFlags(stored) };
}

/** One of the settings that are made of members: flags, for one. */
export function readTenantSetting({ settings }: Pick<TenantState, "settings">, name: string): TenantSettings {
  const stored = settings.get("tenant") ?? {};
  if (name === "flags") return readFlags(stored);
  return asObject(Object.hasOwn(stored, name) ? stored[name] : TENANT_DEFAULTS[name]);
}

const readFlags = ({ flags }: TenantSettings): TenantSettings => ({
  ...asObject(TENANT_DEFAULTS.flags),
  ...asObject(flags),
});

export function asObject(value: unknown): TenantSettings {
  return typeof value === "object" && value !== null ? (value as TenantSettings) : {};
}
