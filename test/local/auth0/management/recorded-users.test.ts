import { describeRecorded, type Row } from "../../../support/recorded.ts";

const ROLE = "description id name type";
const ROLE_OF_USER = "description id name";
const PERMISSION = "description permission_name resource_server_identifier resource_server_name";
const USER = "created_at email email_verified identities name nickname picture updated_at user_id";
const USER_SET = "app_metadata blocked family_name given_name last_password_reset user_metadata username";
const MEMBER = "email name picture user_id";
const IDENTITY = "connection isSocial profileData provider user_id";
const ORGANIZATION = "display_name id is_app_entitlement_active name third_party_client_access";
const CONNECTION =
  "assign_membership_on_login connection connection_id is_enabled is_signup_enabled organization_access_level show_as_button";
const ENABLED = "assign_membership_on_login connection connection_id show_as_button is_signup_enabled";
const DOMAIN = "domain id status use_for_organization_discovery verification_host verification_txt";
const LOG =
  "_id audience client_id client_name connection connection_id date description details hostname ip isMobile location_info log_id organization_id organization_name strategy strategy_type type user_agent user_id user_name";
const ERROR = "statusCode error message";
const PAGE = ["total", "start", "limit"] as const;
const PERMISSIONS = [{ resource_server_identifier: "https://api.test/", permission_name: "read:x" }];

const ROWS: readonly Row[] = [
  {
    call: "POST /resource-servers",
    body: { name: "API", identifier: "https://api.test/", scopes: [{ value: "read:x", description: "x" }] },
    status: 201,
    envelope: "one",
    always:
      "allow_offline_access id identifier name scopes signing_alg skip_consent_for_verifiable_first_party_clients subject_type_authorization token_lifetime token_lifetime_for_web",
  },
  {
    call: "POST /connections",
    body: { name: "users", strategy: "auth0", options: { passwordPolicy: "none" } },
    keep: { connection: "id" },
    status: 201,
    envelope: "one",
    always: "authentication connected_accounts enabled_clients id is_domain_connection name options realms strategy",
  },

  {
    call: "POST /roles",
    body: { name: "Admin", description: "All" },
    keep: { role: "id" },
    status: 200,
    envelope: "one",
    always: ROLE,
  },
  {
    call: "GET /roles?per_page=100&page=0&include_totals=true&type=tenant",
    status: 200,
    envelope: [...PAGE, "roles"],
    always: ROLE,
  },
  { call: "GET /roles/{role}", status: 200, envelope: "one", always: ROLE },
  {
    call: "PATCH /roles/{role}",
    body: { name: "Admin", description: "All" },
    status: 200,
    envelope: "one",
    always: ROLE,
  },
  { call: "POST /roles/{role}/permissions", body: { permissions: PERMISSIONS }, status: 201, envelope: "one" },
  {
    call: "GET /roles/{role}/permissions?per_page=100&page=0&include_totals=true",
    status: 200,
    envelope: [...PAGE, "permissions"],
    always: PERMISSION,
  },

  {
    call: "POST /users",
    body: { connection: "users", email: "ada@example.com", password: "p" },
    keep: { user: "user_id" },
    status: 201,
    envelope: "one",
    always: USER,
    sometimes: USER_SET,
  },
  {
    call: "POST /users",
    body: { connection: "users", email: "ben@example.com", password: "p" },
    keep: { second: "user_id", identity: "identities.0.user_id" },
    status: 201,
    envelope: "one",
    always: USER,
  },
  {
    call: "GET /users?include_totals=true&per_page=50",
    status: 200,
    envelope: [...PAGE, "length", "users"],
    always: USER,
    sometimes: USER_SET,
  },
  {
    call: "GET /users-by-email?email=ada%40example.com",
    status: 200,
    envelope: "list",
    always: USER,
    sometimes: USER_SET,
  },
  {
    call: "PATCH /users/{user}",
    body: { app_metadata: { a: 1 } },
    status: 200,
    envelope: "one",
    always: USER,
    sometimes: USER_SET,
  },
  { call: "POST /roles/{role}/users", body: { users: ["{user}"] }, status: 200, envelope: "one" },
  {
    call: "GET /roles/{role}/users?include_totals=true&per_page=50",
    status: 200,
    envelope: [...PAGE, "users"],
    always: MEMBER,
  },
  {
    call: "GET /roles/{role}/users?include_totals=true&per_page=50&take=100",
    status: 200,
    envelope: ["users"],
    always: MEMBER,
  },
  {
    call: "GET /users/{user}/roles?include_totals=true&page=0&per_page=100",
    status: 200,
    envelope: [...PAGE, "roles"],
    always: ROLE_OF_USER,
  },
  { call: "DELETE /users/{user}/roles", body: { roles: ["{role}"] }, status: 204, envelope: "none" },
  { call: "POST /users/{user}/roles", body: { roles: ["{role}"] }, status: 204, envelope: "none" },
  { call: "POST /users/{user}/permissions", body: { permissions: PERMISSIONS }, status: 201, envelope: "one" },
  {
    call: "GET /users/{user}/permissions?include_totals=true&per_page=50",
    status: 200,
    envelope: [...PAGE, "permissions"],
    always: `${PERMISSION} sources`,
  },
  { call: "DELETE /users/{user}/permissions", body: { permissions: PERMISSIONS }, status: 204, envelope: "none" },
  {
    call: "POST /users/{user}/identities",
    body: { connection_id: "{connection}", user_id: "{second}", provider: "auth0" },
    status: 201,
    envelope: "list",
    always: IDENTITY,
  },
  { call: "DELETE /users/{user}/identities/auth0/{identity}", status: 200, envelope: "list", always: IDENTITY },
  { call: "GET /users/{user}/logs", status: 200, envelope: "list" },

  {
    call: "POST /organizations",
    body: { name: "org1", display_name: "Organization" },
    keep: { org: "id" },
    status: 201,
    envelope: "one",
    always: ORGANIZATION,
  },
  {
    call: "GET /organizations?include_totals=true&take=50",
    status: 200,
    envelope: ["organizations"],
    always: ORGANIZATION,
  },
  { call: "GET /organizations/name/org1", status: 200, envelope: "one", always: ORGANIZATION },
  {
    call: "PATCH /organizations/{org}",
    body: { display_name: "Organization" },
    status: 200,
    envelope: "one",
    always: ORGANIZATION,
  },
  { call: "POST /organizations/{org}/members", body: { members: ["{user}"] }, status: 204, envelope: "none" },
  {
    call: "GET /organizations/{org}/members?include_totals=true&per_page=50",
    status: 200,
    envelope: [...PAGE, "members"],
    always: MEMBER,
  },
  {
    call: "GET /users/{user}/organizations?include_totals=true&per_page=50",
    status: 200,
    envelope: [...PAGE, "organizations"],
    always: ORGANIZATION,
  },
  {
    call: "POST /organizations/{org}/members/{user}/roles",
    body: { roles: ["{role}"] },
    status: 204,
    envelope: "none",
  },
  {
    call: "GET /organizations/{org}/members/{user}/roles?include_totals=true&page=0&per_page=100",
    status: 200,
    envelope: [...PAGE, "roles"],
    always: ROLE_OF_USER,
  },
  {
    call: "DELETE /organizations/{org}/members/{user}/roles",
    body: { roles: ["{role}"] },
    status: 204,
    envelope: "none",
  },
  { call: "DELETE /organizations/{org}/members", body: { members: ["{user}"] }, status: 204, envelope: "none" },
  {
    call: "POST /organizations/{org}/connections",
    body: { connection_id: "{connection}", is_enabled: true },
    status: 201,
    envelope: "one",
    always: CONNECTION,
  },
  {
    call: "GET /organizations/{org}/connections?page=0&per_page=50&include_totals=true",
    status: 200,
    envelope: [...PAGE, "connections"],
    always: CONNECTION,
  },
  { call: "GET /organizations/{org}/enabled_connections/{connection}", status: 200, envelope: "one", always: ENABLED },
  { call: "DELETE /organizations/{org}/enabled_connections/{connection}", status: 204, envelope: "none" },
  {
    call: "GET /organizations/{org}/client-grants?page=0&per_page=50&include_totals=true",
    status: 200,
    envelope: [...PAGE, "client_grants"],
  },
  { call: "GET /organizations/{org}/clients?take=50", status: 200, envelope: ["clients"] },
  {
    call: "POST /organizations/{org}/discovery-domains",
    body: { domain: "acme.example", status: "pending" },
    keep: { domain: "id" },
    status: 201,
    envelope: "one",
    always: DOMAIN,
  },
  { call: "GET /organizations/{org}/discovery-domains?take=50", status: 200, envelope: ["domains"], always: DOMAIN },
  { call: "DELETE /organizations/{org}/discovery-domains/{domain}", status: 204, envelope: "none" },
  { call: "DELETE /organizations/{org}", status: 204, envelope: "none" },
  { call: "GET /organizations/{org}", status: 404, envelope: "one", always: ERROR },

  { call: "DELETE /roles/{role}/permissions", body: { permissions: PERMISSIONS }, status: 204, envelope: "none" },
  { call: "DELETE /roles/{role}", status: 200, envelope: "one" },
  { call: "GET /roles/{role}", status: 404, envelope: "one", always: ERROR },
  { call: "DELETE /users/{user}", status: 204, envelope: "none" },
  { call: "GET /users/{user}", status: 404, envelope: "one", always: `${ERROR} errorCode` },
  { call: "GET /logs?page=0&per_page=5", keep: { log: "0.log_id" }, status: 200, envelope: "list", always: LOG },
  { call: "GET /logs?per_page=5&q=type%3A%22sapi%22", status: 200, envelope: "list", always: LOG },
  { call: "GET /logs/{log}", status: 200, envelope: "one", always: LOG },
];

describeRecorded("users, roles and organizations, as real tenants were recorded", ROWS);
