import { choice, closed, flag, listOf, open, orNull, type Properties, text, whole } from "../schema.ts";

const LOCALES =
  "am ar ar-EG ar-SA az bg bn bs ca-ES cnr cs cy da de el en en-CA es es-419 es-AR es-MX et eu-ES fa fi fr fr-CA fr-FR gl-ES gu he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mn mr ms my nb nl nn no pa pl pt pt-BR pt-PT ro ru sk sl so sq sr sv sw ta te th tl tr uk ur vi zgh zh-CN zh-HK zh-MO zh-TW".split(
    " ",
  );

const FIELDS = {
  change_password: orNull(
    closed(
      {
        enabled: flag(
          "Whether to use the custom change password HTML (true) or the default Auth0 page (false). Default is to use the Auth0 page.",
        ),
        html: text(
          "Custom change password HTML (<a href='https://github.com/Shopify/liquid/wiki/Liquid-for-Designers'>Liquid syntax</a> supported).",
        ),
      },
      [],
      "Change Password page customization.",
    ),
  ),
  device_flow: orNull(
    closed(
      {
        charset: choice(
          ["base20", "digits"],
          "Character set used to generate a User Code. Can be `base20` or `digits`.",
        ),
        mask: text("Mask used to format a generated User Code into a friendly, readable format."),
      },
      [],
      "Device Flow configuration.",
    ),
  ),
  guardian_mfa_page: orNull(
    closed(
      {
        enabled: flag("Whether to use the custom Guardian HTML (true) or the default Auth0 page (false, default)"),
        html: text(
          "Custom Guardian HTML (<a href='https://github.com/Shopify/liquid/wiki/Liquid-for-Designers'>Liquid syntax</a> is supported).",
        ),
      },
      [],
      "Guardian page customization.",
    ),
  ),
  default_audience: text("Default audience for API Authorization."),
  default_directory: text(
    "Name of connection used for password grants at the `/token` endpoint. The following connection types are supported: LDAP, AD, Database Connections, Passwordless, Windows Azure Active Directory, ADFS.",
  ),
  error_page: orNull(
    closed(
      {
        html: text(
          "Custom Error HTML (<a href='https://github.com/Shopify/liquid/wiki/Liquid-for-Designers'>Liquid syntax</a> is supported).",
        ),
        show_log_link: flag(
          "Whether to show the link to log as part of the default error page (true, default) or not to show the link (false).",
        ),
        url: text("URL to redirect to when an error occurs instead of showing the default error page."),
      },
      [],
      "Error page customization.",
    ),
  ),
  default_token_quota: orNull(
    closed({
      clients: open({
        client_credentials: closed(
          {
            enforce: flag(),
            per_day: whole("Maximum number of issued tokens per day"),
            per_hour: whole("Maximum number of issued tokens per hour"),
          },
          [],
          "The token quota configuration",
        ),
      }),
      organizations: open({
        client_credentials: closed(
          {
            enforce: flag(),
            per_day: whole("Maximum number of issued tokens per day"),
            per_hour: whole("Maximum number of issued tokens per hour"),
          },
          [],
          "The token quota configuration",
        ),
      }),
    }),
  ),
  flags: closed(
    {
      /** The first two are taken by real tenants, though the published schema does not list them. */
      universal_login: flag(),
      use_scope_descriptions_for_consent: flag(),
      change_pwd_flow_v1: flag(
        "Whether to use the older v1 change password flow (true, not recommended except for backward compatibility) or the newer safer flow (false, recommended).",
      ),
      enable_apis_section: flag("Whether the APIs section is enabled (true) or disabled (false)."),
      disable_impersonation: flag(
        "Whether the impersonation functionality has been disabled (true) or not (false). Read-only.",
      ),
      enable_client_connections: flag(
        "Whether all current connections should be enabled when a new client (application) is created (true, default) or not (false).",
      ),
      enable_pipeline2: flag("Whether advanced API Authorization scenarios are enabled (true) or disabled (false)."),
      allow_legacy_delegation_grant_types: flag("If enabled, clients are able to add legacy delegation grants."),
      allow_legacy_ro_grant_types: flag("If enabled, clients are able to add legacy RO grants."),
      allow_legacy_tokeninfo_endpoint: flag(
        "Whether the legacy `/tokeninfo` endpoint is enabled for your account (true) or unavailable (false).",
      ),
      enable_legacy_profile: flag(
        "Whether ID tokens and the userinfo endpoint includes a complete user profile (true) or only OpenID Connect claims (false).",
      ),
      enable_idtoken_api2: flag(
        "Whether ID tokens can be used to authorize some types of requests to API v2 (true) not not (false).",
      ),
      enable_public_signup_user_exists_error: flag(
        "Whether the public sign up process shows a user_exists error (true) or a generic error (false) if the user already exists.",
      ),
      enable_sso: flag(
        "Whether users are prompted to confirm log in before SSO redirection (false) or are not prompted (true).",
      ),
      allow_changing_enable_sso: flag("Whether the `enable_sso` setting can be changed (true) or not (false)."),
      disable_clickjack_protection_headers: flag(
        "Whether classic Universal Login prompts include additional security headers to prevent clickjacking (true) or no safeguard (false).",
      ),
      no_disclose_enterprise_connections: flag(
        "Do not Publish Enterprise Connections Information with IdP domains on the lock configuration file.",
      ),
      enforce_client_authentication_on_passwordless_start: flag(
        "Enforce client authentication for passwordless start.",
      ),
      enable_adfs_waad_email_verification: flag(
        "Enables the email verification flow during login for Azure AD and ADFS connections",
      ),
      revoke_refresh_token_grant: flag(
        "Delete underlying grant when a Refresh Token is revoked via the Authentication API.",
      ),
      dashboard_log_streams_next: flag("Enables beta access to log streaming changes"),
      dashboard_insights_view: flag("Enables new insights activity page view"),
      disable_fields_map_fix: flag("Disables SAML fields map fix for bad mappings with repeated attributes"),
      mfa_show_factor_list_on_enrollment: flag(
        "Used to allow users to pick what factor to enroll of the available MFA factors.",
      ),
      remove_alg_from_jwks: flag("Removes alg property from jwks .well-known endpoint"),
      improved_signup_bot_detection_in_classic: flag("Improves bot detection during signup in classic universal login"),
      genai_trial: flag("This tenant signed up for the Auth4GenAI trail"),
      local_resource_discovery: flag(
        "Whether the Local Resource Discovery endpoint is enabled (true) or disabled (false).",
      ),
      enable_dynamic_client_registration: flag(),
      disable_management_api_sms_obfuscation: flag(
        "If true, SMS phone numbers will not be obfuscated in Management API GET calls.",
      ),
      trust_azure_adfs_email_verified_connection_property: flag(
        "Changes email_verified behavior for Azure AD/ADFS connections when enabled. Sets email_verified to false otherwise.",
      ),
      custom_domains_provisioning: flag("If true, custom domains feature will be enabled for tenant."),
    },
    [],
    "Flags used to change the behavior of this tenant.",
  ),
  friendly_name: text("Friendly name for this tenant."),
  picture_url: text("URL of logo to be shown for this tenant (recommended size: 150x150)"),
  support_email: text("End-user support email."),
  support_url: text("End-user support url."),
  allowed_logout_urls: listOf(text(), "URLs that are valid to redirect to after logout from Auth0."),
  session_lifetime: whole("Number of hours a session will stay valid."),
  session_lifetime_in_minutes: whole(
    "Number of minutes a session will stay valid. Cannot be specified together with `session_lifetime`.",
  ),
  idle_session_lifetime: whole(
    "Number of hours for which a session can be inactive before the user must log in again.",
  ),
  idle_session_lifetime_in_minutes: whole(
    "Number of minutes a session can be inactive before the user must log in again. Cannot be specified together with `idle_session_lifetime`.",
  ),
  ephemeral_session_lifetime: whole("Number of hours an ephemeral (non-persistent) session will stay valid."),
  idle_ephemeral_session_lifetime: whole(
    "Number of hours for which an ephemeral (non-persistent) session can be inactive before the user must log in again.",
  ),
  ephemeral_session_lifetime_in_minutes: whole(
    "Number of minutes an ephemeral (non-persistent) session will stay valid. Cannot be specified together with `ephemeral_session_lifetime`.",
  ),
  idle_ephemeral_session_lifetime_in_minutes: whole(
    "Number of minutes an ephemeral (non-persistent) session can be inactive before the user must log in again. Cannot be specified together with `idle_ephemeral_session_lifetime`.",
  ),
  sandbox_version: text("Selected sandbox version for the extensibility environment"),
  legacy_sandbox_version: text("Selected legacy sandbox version for the extensibility environment"),
  default_redirection_uri: text("The default absolute redirection uri, must be https"),
  enabled_locales: listOf(choice(LOCALES), "Supported locales for the user interface"),
  security_headers: orNull(
    closed(
      {
        content_security_policy: orNull(
          closed(
            {
              enabled: flag("Whether CSP is enabled."),
              policies: listOf(
                closed(
                  {
                    mode: choice(["enforcing", "reporting"], "Policy mode: enforcing or reporting."),
                    directives: open(
                      {},
                      "CSP directives map. Keys are directive names, values are arrays of directive values.",
                    ),
                    flags: listOf(
                      choice(["upgrade-insecure-requests", "block-all-mixed-content"]),
                      "CSP flags (bare directives without values).",
                    ),
                    reporting: orNull(
                      closed(
                        {
                          report_uri: text("HTTPS endpoint for CSP violation reports."),
                          report_to_group: text("Report-To group name for modern reporting."),
                        },
                        [],
                        "Per-policy reporting configuration.",
                      ),
                    ),
                  },
                  [],
                  "A single CSP policy with mode, directives, flags, and optional reporting.",
                ),
                "Array of CSP policies (enforcing and/or reporting).",
              ),
              reporting_infrastructure: orNull(
                closed(
                  {
                    report_to: orNull(
                      closed(
                        {
                          group: text("Reporting group identifier."),
                          max_age: whole("Maximum age in seconds for the Report-To header."),
                          endpoints: listOf(open({}, "A single reporting endpoint."), "Array of reporting endpoints."),
                        },
                        [],
                        "Report-To header configuration.",
                      ),
                    ),
                    reporting_endpoints: open({}, "Reporting-Endpoints header configuration (key-value pairs)."),
                  },
                  [],
                  "Global reporting infrastructure configuration.",
                ),
              ),
            },
            [],
            "Content Security Policy configuration with multi-policy support.",
          ),
        ),
        x_xss_protection: orNull(
          closed(
            {
              enabled: flag("Whether X-XSS-Protection header is enabled."),
              mode: choice(["block"], "X-XSS-Protection mode: block."),
              report_uri: text("HTTPS endpoint for X-XSS-Protection violation reports."),
            },
            [],
            "X-XSS-Protection header configuration (deprecated header, use CSP instead).",
          ),
        ),
      },
      [],
      "Security headers configuration for tenant responses.",
    ),
  ),
  session_cookie: orNull(
    closed(
      { mode: choice(["persistent", "non-persistent"], "Behavior of the session cookie") },
      ["mode"],
      "Session cookie configuration",
    ),
  ),
  sessions: orNull(
    closed(
      {
        oidc_logout_prompt_enabled: flag("Whether to bypass prompting logic (false) when performing OIDC Logout"),
        anonymous: orNull(
          closed(
            {
              lifetime_in_minutes: whole(
                "Anonymous session lifetime, in minutes. Defaults to 43200 (30 days); maximum 525600 (1 year).",
              ),
              activate_cookie: flag(
                "Whether anonymous session requests return the `auth0_anon` cookie. Defaults to enabled; set to false to stop issuing the cookie.",
              ),
            },
            [],
            "Anonymous session settings for tenant.",
          ),
        ),
      },
      [],
      "Sessions related settings for tenant",
    ),
  ),
  oidc_logout: closed(
    {
      rp_logout_end_session_endpoint_discovery: flag(
        "Enable the end_session_endpoint URL in the .well-known discovery configuration",
      ),
    },
    [],
    "Settings related to OIDC RP-initiated Logout",
  ),
  customize_mfa_in_postlogin_action: orNull(flag("Whether to enable flexible factors for MFA in the PostLogin action")),
  allow_organization_name_in_authentication_api: orNull(
    flag("Whether to accept an organization name instead of an ID on auth endpoints"),
  ),
  acr_values_supported: orNull(listOf(text(), "Supported ACR values")),
  mtls: orNull(
    closed({ enable_endpoint_aliases: flag("If true, enables mTLS endpoint aliases") }, [], "mTLS configuration."),
  ),
  pushed_authorization_requests_supported: orNull(flag("Enables the use of Pushed Authorization Requests")),
  authorization_response_iss_parameter_supported: orNull(flag("Supports iss parameter in authorization responses")),
  skip_non_verifiable_callback_uri_confirmation_prompt: orNull(flag()),
  resource_parameter_profile: choice(["audience", "compatibility"]),
  client_id_metadata_document_supported: flag(
    "Whether the authorization server supports retrieving client metadata from a client_id URL.",
  ),
  enable_ai_guide: flag("Whether Auth0 Guide (AI-powered assistance) is enabled for this tenant."),
  phone_consolidated_experience: flag("Whether Phone Consolidated Experience is enabled for this tenant."),
  include_session_metadata_in_tenant_logs: flag(
    "Whether session metadata is included in specific tenant logs (slo, oidc_backchannel_logout_failed, oidc_backchannel_logout_succeeded).",
  ),
  dynamic_client_registration_security_mode: choice(["strict", "permissive"]),
  country_codes: orNull(
    closed(
      {
        list: listOf(text(), "Array of ISO 3166-1 alpha-2 country codes."),
        mode: choice(["allow", "deny"], "Whether the list is an allowlist or denylist."),
      },
      [],
      "Phone country code configuration for identifier input.",
    ),
  ),
  /** Real tenants take it, though the published schema does not list it. */
  universal_login: orNull(open()),
} satisfies Properties;

export const UPDATE_TENANT_SETTINGS = closed(FIELDS);
