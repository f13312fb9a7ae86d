import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { getRequestSchema } from "../../../../local/auth0/management/request-schemas/get-request-schema.ts";

const page = readFileSync(join(import.meta.dirname, "../../../../docs/local-tenant.md"), "utf8");

interface Kind {
  readonly name: string;
  /** Of the request body, and of the member in it. */
  readonly schema: string;
  readonly path?: readonly string[];
  /** What a login, a token, a page or a mail follows, or refuses by name; looked at one by one. */
  readonly followed: string;
}

/** What an application or an operator counts on must not be taken in silence: who reads the page knows what to test elsewhere. */
const KINDS: readonly Kind[] = [
  {
    name: "clients",
    schema: "CreateClientRequestContent",
    followed: `allowed_logout_urls allowed_origins app_type callbacks client_authentication_methods client_metadata
      compliance_level default_organization description grant_types initiate_login_uri is_first_party jwt_configuration name
      oidc_conformant organization_require_behavior organization_usage refresh_token require_proof_of_possession
      require_pushed_authorization_requests skip_non_verifiable_callback_uri_confirmation_prompt
      third_party_security_mode token_endpoint_auth_method token_exchange token_quota web_origins`,
  },
  {
    name: "`jwt_configuration` of clients",
    schema: "CreateClientRequestContent",
    path: ["jwt_configuration"],
    followed: "alg lifetime_in_seconds",
  },
  {
    name: "APIs",
    schema: "CreateResourceServerRequestContent",
    followed: `allow_offline_access consent_policy enforce_policies identifier name proof_of_possession scopes signing_alg
      signing_secret skip_consent_for_verifiable_first_party_clients subject_type_authorization token_dialect token_encryption
      token_lifetime`,
  },
  {
    name: "`subject_type_authorization` of APIs",
    schema: "CreateResourceServerRequestContent",
    path: ["subject_type_authorization"],
    followed: "client user",
  },
  {
    name: "the tenant",
    schema: "UpdateTenantSettingsRequestContent",
    followed: `allow_organization_name_in_authentication_api allowed_logout_urls default_audience default_directory
      default_redirection_uri default_token_quota flags friendly_name idle_session_lifetime idle_session_lifetime_in_minutes oidc_logout
      resource_parameter_profile session_cookie session_lifetime session_lifetime_in_minutes sessions
      skip_non_verifiable_callback_uri_confirmation_prompt`,
  },
  {
    name: "the tenant's `sessions`",
    schema: "UpdateTenantSettingsRequestContent",
    path: ["sessions"],
    followed: "oidc_logout_prompt_enabled",
  },
  {
    name: "the tenant's flags",
    schema: "UpdateTenantSettingsRequestContent",
    path: ["flags"],
    followed: "enable_public_signup_user_exists_error revoke_refresh_token_grant",
  },
  {
    name: "connections",
    schema: "CreateConnectionRequestContent",
    followed: "authentication display_name enabled_clients is_domain_connection metadata name options realms strategy",
  },
  {
    name: "options of connections",
    schema: "CreateConnectionRequestContent",
    path: ["options"],
    followed: `attributes passwordPolicy password_complexity_options password_dictionary password_no_personal_info
      password_options`,
  },
  {
    name: "`attributes.email` of databases",
    schema: "CreateConnectionRequestContent",
    path: ["options", "attributes", "email"],
    followed: "signup",
  },
  {
    name: "`attributes.phone_number` of databases",
    schema: "CreateConnectionRequestContent",
    path: ["options", "attributes", "phone_number"],
    followed: "signup",
  },
  {
    name: "`attributes.username` of databases",
    schema: "CreateConnectionRequestContent",
    path: ["options", "attributes", "username"],
    followed: "signup",
  },
  {
    name: "client grants",
    schema: "CreateClientGrantRequestContent",
    followed:
      "allow_all_scopes allow_any_organization audience client_id default_for organization_usage scope subject_type",
  },
  {
    name: "organizations",
    schema: "CreateOrganizationRequestContent",
    followed: "display_name enabled_connections is_app_entitlement_active metadata name token_quota",
  },
  {
    name: "connections of organizations",
    schema: "AddOrganizationConnectionRequestContent",
    followed: "assign_membership_on_login connection_id is_signup_enabled",
  },
  {
    name: "invitations",
    schema: "CreateOrganizationInvitationRequestContent",
    followed: "client_id invitee inviter send_invitation_email ttl_sec",
  },
  {
    name: "tickets to verify an email",
    schema: "VerifyEmailTicketRequestContent",
    followed: "identity ttl_sec user_id",
  },
  {
    name: "tickets to change a password",
    schema: "ChangePasswordTicketRequestContent",
    followed: "connection_id email identity mark_email_as_verified ttl_sec user_id",
  },
  {
    name: "jobs that send a verification mail",
    schema: "CreateVerificationEmailRequestContent",
    followed: "identity user_id",
  },
];

describe("what no login, token, page or mail follows is listed as passed over", () => {
  test.each(KINDS)("of $name", ({ name, schema, path = [], followed }) => {
    const members = path.reduce(membersOf, membersOf(getRequestSchema(schema)));
    const words = followed.split(/\s+/);
    expect(words.filter((word) => !Object.hasOwn(members, word))).toEqual([]);
    const passedOver = Object.keys(members).filter((member) => !words.includes(member));
    const listed = page.split("\n").find((line) => line.startsWith(`| ${name} | `)) ?? "";
    const named = [...listed.slice(`| ${name} | `.length).matchAll(/`(\w+)`/g)].map(([, member]) => member);
    expect(named.sort()).toEqual(passedOver.sort());
  });
});

type Members = Readonly<Record<string, unknown>>;

function membersOf(schema: unknown, member?: string): Members {
  const inner = member === undefined ? schema : (schema as Members)[member];
  return (inner as { readonly properties: Members }).properties;
}
