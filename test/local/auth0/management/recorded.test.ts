import { describeRecorded, type Row } from "../../../support/recorded.ts";

const SETTINGS =
  "client_id_metadata_document_supported enabled_locales flags friendly_name idle_session_lifetime resource_parameter_profile sandbox_version session_cookie session_lifetime";
const SETTINGS_SET =
  "allowed_logout_urls change_password error_page guardian_mfa_page picture_url support_email support_url universal_login oidc_logout";
const CLIENT =
  "callbacks client_id cross_origin_authentication custom_login_page_on global is_first_party name refresh_token signing_keys tenant";
const CLIENT_SET =
  "allowed_clients allowed_logout_urls allowed_origins app_type callback_url_template client_aliases client_metadata client_secret cross_origin_auth custom_login_page grant_types is_token_endpoint_ip_header_trusted jwt_configuration logo_uri native_social_login oidc_conformant owners sso sso_disabled token_endpoint_auth_method web_origins";
const NEW_CLIENT = `${CLIENT} callback_url_template client_secret cross_origin_auth encrypted grant_types is_token_endpoint_ip_header_trusted jwt_configuration oidc_conformant sso_disabled`;
const GRANT = "audience client_id id scope subject_type";
const API =
  "allow_offline_access id identifier name signing_alg skip_consent_for_verifiable_first_party_clients subject_type_authorization token_lifetime token_lifetime_for_web";
const CONNECTION =
  "authentication connected_accounts enabled_clients id is_domain_connection name options realms strategy";

const ROWS: readonly Row[] = [
  {
    call: "GET /tenants/settings",
    status: 200,
    envelope: "one",
    always: `${SETTINGS} sandbox_versions_available`,
    sometimes: SETTINGS_SET,
  },
  {
    call: "PATCH /tenants/settings",
    body: { friendly_name: "A", session_lifetime_in_minutes: 181, session_cookie: { mode: "non-persistent" } },
    status: 200,
    envelope: "one",
    always: SETTINGS,
    sometimes: SETTINGS_SET,
  },
  {
    call: "POST /resource-servers",
    body: { name: "API", identifier: "https://api.test/", scopes: [{ value: "read:x", description: "x" }] },
    keep: { api: "id" },
    status: 201,
    envelope: "one",
    always: `${API} scopes`,
  },
  {
    call: "GET /resource-servers?page=0&per_page=100&include_totals=true",
    status: 200,
    envelope: ["total", "start", "limit", "resource_servers"],
    always: `${API} scopes`,
    sometimes: "is_system",
  },
  {
    call: "PATCH /resource-servers/{api}",
    body: { name: "API", token_lifetime: 60 },
    status: 200,
    envelope: "one",
    always: `${API} scopes`,
  },
  { call: "GET /resource-servers/{api}", status: 200, envelope: "one", always: `${API} scopes` },
  {
    call: "POST /clients",
    body: {
      name: "SPA",
      app_type: "spa",
      allowed_clients: [],
      allowed_logout_urls: ["http://localhost:3000"],
      callbacks: ["http://localhost:3000"],
      client_aliases: [],
      client_metadata: {},
      native_social_login: { apple: { enabled: false }, facebook: { enabled: false } },
      token_endpoint_auth_method: "none",
      web_origins: [],
    },
    keep: { client: "client_id" },
    status: 201,
    envelope: "one",
    always: NEW_CLIENT,
    sometimes: CLIENT_SET,
  },
  {
    call: "GET /clients?page=0&per_page=100&include_totals=true",
    status: 200,
    envelope: ["total", "start", "limit", "clients"],
    // The global client has none of the others' settings, and so most fields are in some answers only.
    always: CLIENT,
    sometimes: CLIENT_SET,
  },
  {
    call: "PATCH /clients/{client}",
    body: { name: "SPA", sso: false, allowed_origins: [] },
    status: 200,
    envelope: "one",
    always: CLIENT,
    sometimes: CLIENT_SET,
  },
  {
    call: "GET /clients/{client}?fields=client_id&include_fields=true",
    status: 200,
    envelope: "one",
    always: "client_id",
  },
  { call: "GET /clients/{client}/credentials", status: 200, envelope: "list" },
  { call: "POST /clients/{client}/rotate-secret", status: 200, envelope: "one", always: CLIENT, sometimes: CLIENT_SET },
  {
    call: "POST /client-grants",
    body: { client_id: "{client}", audience: "https://api.test/", scope: ["read:x"] },
    keep: { grant: "id" },
    status: 201,
    envelope: "one",
    always: GRANT,
  },
  { call: "GET /client-grants?include_totals=true&take=50", status: 200, envelope: ["client_grants"], always: GRANT },
  { call: "PATCH /client-grants/{grant}", body: { scope: [] }, status: 200, envelope: "one", always: GRANT },
  { call: "GET /client-grants/{grant}", status: 200, envelope: "one", always: GRANT },
  {
    call: "POST /connections",
    body: {
      name: "users",
      strategy: "auth0",
      is_domain_connection: false,
      realms: ["users"],
      options: { passwordPolicy: "good" },
    },
    keep: { connection: "id" },
    status: 201,
    envelope: "one",
    always: CONNECTION,
  },
  {
    call: "GET /connections?include_totals=true&strategy=auth0&take=50",
    status: 200,
    envelope: ["connections"],
    always: CONNECTION,
  },
  { call: "GET /connections/{connection}", status: 200, envelope: "one", always: CONNECTION },
  { call: "PATCH /connections/{connection}", body: { options: {} }, status: 200, envelope: "one", always: CONNECTION },
  {
    call: "PATCH /connections/{connection}/clients",
    body: [{ client_id: "{client}", status: true }],
    status: 204,
    envelope: "none",
  },
  { call: "GET /connections/{connection}/clients?take=100", status: 200, envelope: ["clients"], always: "client_id" },
  { call: "DELETE /connections/{connection}", status: 202, envelope: "one", always: "deleted_at" },
  { call: "DELETE /client-grants/{grant}", status: 204, envelope: "none" },
  { call: "DELETE /resource-servers/{api}", status: 204, envelope: "none" },
  { call: "DELETE /clients/{client}", status: 204, envelope: "none" },
  {
    call: "GET /keys/signing",
    keep: { kid: "0.kid" },
    status: 200,
    envelope: "list",
    always: "kid cert pkcs7 current next fingerprint thumbprint revoked",
    sometimes: "current_since previous revoked_at",
  },
  {
    call: "GET /keys/signing/{kid}",
    status: 200,
    envelope: "one",
    always: "kid cert pkcs7 current next fingerprint thumbprint revoked",
    sometimes: "current_since previous revoked_at",
  },
  { call: "GET /clients/unknown", status: 404, envelope: "one", always: "statusCode error message errorCode" },
  { call: "GET /connections/unknown", status: 404, envelope: "one", always: "statusCode error message errorCode" },
  { call: "GET /client-grants/unknown", status: 404, envelope: "one", always: "statusCode error message errorCode" },
  { call: "GET /resource-servers/unknown", status: 404, envelope: "one", always: "statusCode error message errorCode" },
  { call: "POST /clients", body: {}, status: 400, envelope: "one", always: "statusCode error message errorCode" },
];

describeRecorded("as real tenants were recorded", ROWS);
