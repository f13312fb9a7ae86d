import { choice, closed, flag, listOf, open, orNull, type Properties, text, whole } from "../schema.ts";

const BACKCHANNEL_LOGOUT = {
  backchannel_logout_urls: listOf(
    text(),
    "Comma-separated list of URLs that are valid to call back from Auth0 for OIDC backchannel logout. Currently only one URL is allowed.",
  ),
  backchannel_logout_initiators: open(
    {
      mode: choice(["custom", "all"]),
      selected_initiators: listOf(
        choice(
          [
            "rp-logout",
            "idp-logout",
            "password-changed",
            "session-expired",
            "session-revoked",
            "account-deleted",
            "email-identifier-changed",
            "mfa-phone-unenrolled",
            "account-deactivated",
          ],
          "The `selected_initiators` property contains the list of initiators to be enabled for the given application.",
        ),
      ),
    },
    "Configuration for OIDC backchannel logout initiators",
  ),
  backchannel_logout_session_metadata: orNull(
    open(
      {
        include: flag("The `include` property determines whether session metadata is included in the logout token."),
      },
      "Controls whether session metadata is included in the logout token. Default value is null.",
    ),
  ),
};

const NEW_CREDENTIAL = closed(
  {
    credential_type: choice(["public_key"], "Credential type. Supported types: public_key."),
    name: text("Friendly name for a credential."),
    pem: text("PEM-formatted public key (SPKI and PKCS1) or X509 certificate. Must be JSON escaped."),
    alg: choice(
      ["RS256", "RS384", "PS256"],
      "Algorithm which will be used with the credential. Can be one of RS256, RS384, PS256. If not specified, RS256 will be used. Applies to `public_key` credential type.",
    ),
    parse_expiry_from_cert: flag(
      "Parse expiry from x509 certificate. If true, attempts to parse the expiry date from the provided PEM. Applies to `public_key` credential type.",
    ),
    expires_at: text(),
    kid: text(),
  },
  ["credential_type", "pem"],
);

/** What creation and update of a client have in common: everything that is more than a text, a switch or a list. */
export const SHARED_FIELDS = {
  oidc_logout: open(BACKCHANNEL_LOGOUT, "Configuration for OIDC backchannel logout"),
  oidc_backchannel_logout: open(
    BACKCHANNEL_LOGOUT,
    "Configuration for OIDC backchannel logout (deprecated, in favor of oidc_logout)",
  ),
  session_transfer: orNull(
    closed(
      {
        can_create_session_transfer_token: flag(),
        enforce_cascade_revocation: flag(),
        allowed_authentication_methods: orNull(listOf(choice(["cookie", "query"]))),
        enforce_device_binding: choice(["ip", "asn", "none"]),
        allow_refresh_token: flag(),
        enforce_online_refresh_tokens: flag(),
        delegation: orNull(
          closed(
            {
              allow_delegated_access: flag(
                "Indicates whether delegation (impersonation) access is allowed using Session Transfer Tokens. Default value is `false`.",
              ),
              enforce_device_binding: choice(["ip"]),
            },
            [],
            "Configuration for delegation (impersonation) access using Session Transfer Tokens",
          ),
        ),
      },
      [],
      "Native to Web SSO Configuration",
    ),
  ),
  token_endpoint_auth_method: orNull(choice(["none", "client_secret_post", "client_secret_basic"])),
  app_type: choice(
    [
      "native",
      "spa",
      "regular_web",
      "non_interactive",
      "resource_server",
      "express_configuration",
      "rms",
      "box",
      "cloudbees",
      "concur",
      "dropbox",
      "mscrm",
      "echosign",
      "egnyte",
      "newrelic",
      "office365",
      "salesforce",
      "sentry",
      "sharepoint",
      "slack",
      "springcm",
      "zendesk",
      "zoom",
      "sso_integration",
      "oag",
    ],
    "The type of application this client represents",
  ),
  jwt_configuration: open(
    {
      lifetime_in_seconds: whole("Number of seconds the JWT will be valid for (affects `exp` claim)."),
      secret_encoded: flag("Whether the client secret is base64 encoded (true) or unencoded (false)."),
      scopes: open({}, "Configuration related to id token claims for the client."),
      alg: choice(
        ["HS256", "RS256", "RS512", "PS256"],
        "Algorithm used to sign JWTs. Can be `HS256` (default) or `RS256`. `PS256` available via addon.",
      ),
    },
    "Configuration related to JWTs for the client.",
  ),
  encryption_key: orNull(
    open(
      {
        pub: text("Encryption Public RSA Key."),
        cert: text("Encryption certificate for public key in X.509 (.CER) format."),
        subject: text("Encryption certificate name for this certificate in the format `/CN={domain}`."),
      },
      "The client's encryption key",
    ),
  ),
  addons: orNull(open({}, "Addons enabled for this client and their associated configurations.")),
  client_metadata: open(),
  mobile: open(
    {
      android: open(
        {
          app_package_name: text("App package name found in AndroidManifest.xml."),
          sha256_cert_fingerprints: listOf(
            text(),
            "SHA256 fingerprints of the app's signing certificate. Multiple fingerprints can be used to support different versions of your app, such as debug and production builds.",
          ),
        },
        "Android native app configuration.",
      ),
      ios: open(
        {
          team_id: text("Identifier assigned to the Apple account that signs and uploads the app to the store."),
          app_bundle_identifier: text(
            "Assigned by developer to the app as its unique identifier inside the store. Usually this is a reverse domain plus the app name, e.g. `com.you.MyApp`.",
          ),
        },
        "iOS native app configuration.",
      ),
    },
    "Additional configuration for native mobile apps.",
  ),
  native_social_login: orNull(
    closed(
      {
        apple: orNull(
          closed(
            {
              enabled: flag("Determine whether or not to allow signing in natively using an Apple authorization code"),
            },
            [],
            "Native Social Login support for the Apple connection",
          ),
        ),
        facebook: orNull(
          closed(
            { enabled: flag("Determine whether or not to allow signing in natively using Facebook") },
            [],
            "Native Social Login support for the Facebook connection",
          ),
        ),
        google: orNull(
          closed(
            { enabled: flag("Determine whether or not to allow signing in natively using a Google ID token") },
            [],
            "Native Social Login support for the google-oauth2 connection",
          ),
        ),
      },
      [],
      "Configure native social settings",
    ),
  ),
  fedcm_login: orNull(
    closed(
      {
        google: orNull(
          closed(
            { is_enabled: flag("When true, shows the Google FedCM prompt on New Universal Login for this client") },
            [],
            "Google FedCM configuration for this client",
          ),
        ),
      },
      [],
      "Configure FedCM login settings for New Universal Login",
    ),
  ),
  refresh_token: orNull(
    closed(
      {
        rotation_type: choice(
          ["rotating", "non-rotating"],
          "Refresh token rotation types, one of: rotating, non-rotating",
        ),
        expiration_type: choice(
          ["expiring", "non-expiring"],
          "Refresh token expiration types, one of: expiring, non-expiring",
        ),
        leeway: whole(
          "Period in seconds where the previous refresh token can be exchanged without triggering breach detection",
        ),
        token_lifetime: whole("Period (in seconds) for which refresh tokens will remain valid"),
        infinite_token_lifetime: flag(
          "Prevents tokens from having a set lifetime when `true` (takes precedence over `token_lifetime` values)",
        ),
        idle_token_lifetime: whole("Period (in seconds) for which refresh tokens will remain valid without use"),
        infinite_idle_token_lifetime: flag(
          "Prevents tokens from expiring without use when `true` (takes precedence over `idle_token_lifetime` values)",
        ),
        policies: orNull(
          listOf(
            closed(
              {
                audience: text(
                  "The identifier of the resource server to which the Multi Resource Refresh Token Policy applies",
                ),
                scope: listOf(
                  text(),
                  "The resource server permissions granted under the Multi Resource Refresh Token Policy, defining the context in which an access token can be used",
                ),
              },
              ["audience", "scope"],
            ),
            "A collection of policies governing multi-resource refresh token exchange (MRRT), defining how refresh tokens can be used across different resource servers",
          ),
        ),
      },
      ["rotation_type", "expiration_type"],
      "Refresh token configuration",
    ),
  ),
  default_organization: orNull(
    closed(
      {
        organization_id: text("The default Organization ID to be used"),
        flows: listOf(choice(["client_credentials"]), "The default Organization usage"),
      },
      ["organization_id", "flows"],
      "Defines the default Organization ID and flows",
    ),
  ),
  organization_usage: orNull(
    choice(
      ["deny", "allow", "require"],
      "Defines how to proceed during an authentication transaction with regards an organization. Can be `deny` (default), `allow` or `require`.",
    ),
  ),
  organization_require_behavior: orNull(choice(["no_prompt", "pre_login_prompt", "post_login_prompt"])),
  organization_discovery_methods: orNull(
    listOf(
      choice(["email", "organization_name"]),
      "Defines the available methods for organization discovery during the `pre_login_prompt`. Users can discover their organization either by `email`, `organization_name` or both.",
    ),
  ),
  client_authentication_methods: orNull(
    closed(
      {
        private_key_jwt: closed(
          {
            credentials: listOf(
              closed({ id: text("Credential ID") }, ["id"]),
              "A list of unique and previously created credential IDs enabled on the client for Private Key JWT authentication.",
            ),
          },
          ["credentials"],
          "Defines `private_key_jwt` client authentication method. If this property is defined, the client is enabled to use the Private Key JWT authentication method.",
        ),
        tls_client_auth: closed(
          {
            credentials: listOf(
              closed({ id: text("Credential ID") }, ["id"]),
              "A list of unique and previously created credential IDs enabled on the client for CA-based mTLS authentication.",
            ),
          },
          ["credentials"],
          "Defines `tls_client_auth` client authentication method. If the property is defined, the client is configured to use CA-based mTLS authentication method.",
        ),
        self_signed_tls_client_auth: closed(
          {
            credentials: listOf(
              closed({ id: text("Credential ID") }, ["id"]),
              "A list of unique and previously created credential IDs enabled on the client for mTLS authentication utilizing self-signed certificate.",
            ),
          },
          ["credentials"],
        ),
      },
      [],
      "Defines client authentication methods.",
    ),
  ),
  signed_request_object: orNull(
    closed(
      {
        required: flag("Indicates whether the JAR requests are mandatory"),
        credentials: listOf(NEW_CREDENTIAL),
      },
      [],
      "JWT-secured Authorization Requests (JAR) settings.",
    ),
  ),
  token_vault_privileged_access: closed(
    {
      credentials: listOf(NEW_CREDENTIAL),
      ip_allowlist: listOf(text()),
      grants: listOf(closed({ connection: text(), scopes: listOf(text()) }, ["connection", "scopes"])),
    },
    ["credentials"],
    "Settings for Token Vault Privileged Access.",
  ),
  compliance_level: orNull(
    choice(
      ["none", "fapi1_adv_pkj_par", "fapi1_adv_mtls_par", "fapi2_sp_pkj_mtls", "fapi2_sp_mtls_mtls"],
      "Defines the compliance level for this client, which may restrict it's capabilities",
    ),
  ),
  token_exchange: orNull(
    closed(
      {
        allow_any_profile_of_type: listOf(
          choice(["custom_authentication", "on_behalf_of_token_exchange"]),
          "List the enabled token exchange types for this client.",
        ),
      },
      [],
      "Configuration for token exchange.",
    ),
  ),
  token_quota: orNull(
    closed(
      {
        client_credentials: closed(
          {
            enforce: flag(),
            per_day: whole("Maximum number of issued tokens per day"),
            per_hour: whole("Maximum number of issued tokens per hour"),
          },
          [],
          "The token quota configuration",
        ),
      },
      ["client_credentials"],
    ),
  ),
  identity_assertion_authorization_grant: orNull(
    closed(
      { active: flag("If set to true, the client can exchange ID-JAGs for access tokens.") },
      ["active"],
      "Configuration on the use of ID-JAGs for Cross App Access.",
    ),
  ),
  anonymous_sessions: orNull(
    closed(
      { active: flag("If set to true, this client is allowed to create anonymous sessions.") },
      ["active"],
      "Anonymous sessions configuration for this client.",
    ),
  ),
  third_party_security_mode: choice(["strict", "permissive"]),
  redirection_policy: choice(["allow_always", "open_redirect_protection"]),
  express_configuration: orNull(
    closed(
      {
        initiate_login_uri_template: text(),
        user_attribute_profile_id: text("The ID of the user attribute profile to use for this application."),
        connection_profile_id: text("The ID of the connection profile to use for this application."),
        enable_client: flag(
          "When true, all connections made via express configuration will be enabled for this application.",
        ),
        enable_organization: flag(
          "When true, all connections made via express configuration will have the associated organization enabled.",
        ),
        linked_clients: listOf(
          closed(
            { client_id: text("The ID of the linked client.") },
            ["client_id"],
            "Configuration for linked clients in the OIN Express Configuration feature.",
          ),
          "List of client IDs that are linked to this express configuration (e.g. web or mobile clients).",
        ),
        okta_oin_client_id: text(
          "This is the unique identifier for the Okta OIN Express Configuration Client, which Okta will use for this application.",
        ),
        admin_login_domain: text(),
        oin_submission_id: text("The identifier of the published application in the OKTA OIN."),
      },
      [
        "initiate_login_uri_template",
        "user_attribute_profile_id",
        "connection_profile_id",
        "enable_client",
        "enable_organization",
        "okta_oin_client_id",
        "admin_login_domain",
      ],
      "Application specific configuration for use with the OIN Express Configuration feature.",
    ),
  ),
  b2b_integration_configuration: closed(
    {
      sso_profiles: listOf(text(), "List of SSO profile IDs linked to this B2B integration client. Maximum 1 entry."),
      integration_type: choice(
        ["custom_auth_server", "third_party", "application"],
        "The type of integration used to connect to this B2B integration client. Must be one of `custom_auth_server`, `third_party`, or `application`.",
      ),
    },
    [],
    "Configuration for B2B Integration clients.",
  ),
  my_organization_configuration: orNull(
    closed(
      {
        connection_profile_id: text("The connection profile ID that this client should validate against."),
        user_attribute_profile_id: text("The user attribute profile ID that this client should validate against."),
        allowed_strategies: listOf(
          choice(
            ["pingfederate", "adfs", "waad", "google-apps", "okta", "oidc", "samlp"],
            "The allowed connection strategy values for the My Organization Configuration.",
          ),
          "The allowed connection strategies for the My Organization Configuration.",
        ),
        third_party_client_access: closed(
          {
            default_value: choice(
              ["block"],
              "The default third-party client access value for the My Organization Configuration.",
            ),
            allowed_values: listOf(
              choice(
                ["allow", "block"],
                "A valid third-party client access value for the My Organization Configuration.",
              ),
              "The allowed third-party client access values for the My Organization Configuration.",
            ),
          },
          ["default_value", "allowed_values"],
          "The third-party client access configuration for the My Organization Configuration.",
        ),
        connection_deletion_behavior: choice(["allow", "allow_if_empty"], "The deletion behavior for this client."),
        invitation_landing_client_id: text(
          "The client ID this client uses while creating invitations through My Organization API.",
        ),
      },
      ["allowed_strategies", "connection_deletion_behavior"],
      "Configuration related to the My Organization Configuration for the client.",
    ),
  ),
  async_approval_notification_channels: orNull(
    listOf(
      choice(["guardian-push", "email"]),
      "Array of notification channels for contacting the user when their approval is required. Valid values are `guardian-push`, `email`.",
    ),
  ),
} satisfies Properties;
