import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Endpoint } from "../../../../local/auth0/management/endpoint.ts";
import { listEndpoints } from "../../../../local/auth0/management/resources.ts";
import { unimplemented } from "../../../../local/auth0/management/unimplemented/unimplemented.ts";
import type { LocalTenant } from "../../../../local/auth0/server.ts";
import type { Tenant } from "../../../../local/auth0/tenant.ts";
import { type Call, call, managementToken, startTestTenant } from "../../../support/local-tenant.ts";

/**
 * Method, path and the scopes of which any one is enough, as Auth0's OpenAPI description of the Management API v2 has them
 * (2026-08); those under /organizations/:id/clients are named after the scopes in the types of auth0 7.1. Left out are the `current_user` scopes: they are in
 * users' own tokens, which the local tenant does not issue for this API. Of what is stored and nothing else, from
 * `GET /branding/themes/default` on, the scopes are those that auth0 7.1's types list for the resource.
 */
const DOCUMENTED = `
  GET /users/:id/authentication-methods read:authentication_methods
  POST /users/:id/authentication-methods create:authentication_methods
  PUT /users/:id/authentication-methods update:authentication_methods
  DELETE /users/:id/authentication-methods delete:authentication_methods
  GET /users/:id/authentication-methods/:authentication_method_id read:authentication_methods
  PATCH /users/:id/authentication-methods/:authentication_method_id update:authentication_methods
  DELETE /users/:id/authentication-methods/:authentication_method_id delete:authentication_methods
  GET /users/:id/enrollments read:users
  GET /guardian/enrollments/:id read:guardian_enrollments
  DELETE /guardian/enrollments/:id delete:guardian_enrollments
  DELETE /users/:id/authenticators delete:guardian_enrollments
  POST /users/:id/recovery-code-regeneration update:users
  DELETE /users/:id/multifactor/:provider update:users
  GET /user-blocks read:users
  DELETE /user-blocks update:users
  GET /user-blocks/:id read:users
  DELETE /user-blocks/:id update:users
  GET /refresh-tokens read:refresh_tokens
  PATCH /refresh-tokens/:id update:refresh_tokens
  POST /refresh-tokens/revoke delete:refresh_tokens
  PATCH /sessions/:id update:sessions
  GET /tenants/settings read:tenant_settings
  PATCH /tenants/settings update:tenant_settings
  GET /clients read:client_credentials read:client_keys read:client_summary read:clients
  POST /clients create:clients
  GET /clients/:id read:client_credentials read:client_keys read:client_summary read:clients
  PATCH /clients/:id update:client_credentials update:client_keys update:client_token_vault_privileged_access update:clients
  DELETE /clients/:id delete:clients
  POST /clients/:id/rotate-secret update:client_keys
  GET /client-grants read:client_grants
  POST /client-grants create:client_grants
  GET /client-grants/:id read:client_grants
  PATCH /client-grants/:id update:client_grants
  DELETE /client-grants/:id delete:client_grants
  GET /client-grants/:id/organizations read:organization_client_grants
  GET /resource-servers read:resource_servers
  POST /resource-servers create:resource_servers
  GET /resource-servers/:id read:resource_servers
  PATCH /resource-servers/:id update:resource_servers
  DELETE /resource-servers/:id delete:resource_servers
  GET /connections read:connections
  POST /connections create:connections
  GET /connections/:id read:connections
  PATCH /connections/:id update:connections
  DELETE /connections/:id delete:connections
  GET /connections/:id/clients read:connections
  PATCH /connections/:id/clients update:connections
  GET /clients/:id/connections read:client_summary read:clients read:connections
  GET /keys/signing read:signing_keys
  GET /keys/signing/:kid read:signing_keys
  POST /keys/signing/rotate create:signing_keys update:signing_keys
  PUT /keys/signing/:kid/revoke update:signing_keys
  GET /roles read:roles
  POST /roles create:roles
  GET /roles/:id read:roles
  PATCH /roles/:id update:roles
  DELETE /roles/:id delete:roles
  GET /roles/:id/permissions read:roles
  POST /roles/:id/permissions update:roles
  DELETE /roles/:id/permissions update:roles
  GET /roles/:id/users read:role_members read:roles read:users
  POST /roles/:id/users create:role_members update:roles
  GET /actions/actions read:actions
  POST /actions/actions create:actions
  GET /actions/actions/:id read:actions
  PATCH /actions/actions/:id update:actions
  DELETE /actions/actions/:id delete:actions
  POST /actions/actions/:id/deploy create:actions
  GET /actions/actions/:actionId/versions read:actions
  GET /actions/actions/:actionId/versions/:id read:actions
  POST /actions/actions/:actionId/versions/:id/deploy create:actions
  GET /actions/triggers read:actions
  GET /actions/triggers/:triggerId/bindings read:actions
  PATCH /actions/triggers/:triggerId/bindings update:actions
  GET /actions/modules read:actions
  POST /actions/modules create:actions
  GET /actions/modules/:id read:actions
  PATCH /actions/modules/:id update:actions
  DELETE /actions/modules/:id delete:actions
  GET /actions/modules/:id/actions read:actions
  GET /actions/modules/:id/versions read:actions
  POST /actions/modules/:id/versions update:actions
  GET /actions/modules/:id/versions/:versionId read:actions
  POST /actions/modules/:id/rollback update:actions
  GET /actions/executions/:id read:actions
  GET /logs read:logs read:logs_users
  GET /logs/:id read:logs read:logs_users
  GET /organizations/:id/invitations read:organization_invitations
  POST /organizations/:id/invitations create:organization_invitations
  GET /organizations/:id/invitations/:invitationId read:organization_invitations
  DELETE /organizations/:id/invitations/:invitationId delete:organization_invitations
  GET /organizations/:id/discovery-domains read:organization_discovery_domains
  POST /organizations/:id/discovery-domains create:organization_discovery_domains
  GET /organizations/:id/discovery-domains/name/:domain read:organization_discovery_domains
  GET /organizations/:id/discovery-domains/:domainId read:organization_discovery_domains
  PATCH /organizations/:id/discovery-domains/:domainId update:organization_discovery_domains
  DELETE /organizations/:id/discovery-domains/:domainId delete:organization_discovery_domains
  GET /organizations/:id/client-grants read:organization_client_grants
  POST /organizations/:id/client-grants create:organization_client_grants
  DELETE /organizations/:id/client-grants/:grantId delete:organization_client_grants
  GET /organizations/:id/clients read:organization_clients
  POST /organizations/:id/clients create:organization_clients
  GET /organizations/:id/clients/:clientId read:organization_clients
  PATCH /organizations/:id/clients/:clientId update:organization_clients
  DELETE /organizations/:id/clients delete:organization_clients
  GET /organizations/:id/members read:organization_members
  POST /organizations/:id/members create:organization_members
  DELETE /organizations/:id/members delete:organization_members
  GET /organizations/:id/members/:userId/roles read:organization_member_roles
  POST /organizations/:id/members/:userId/roles create:organization_member_roles
  DELETE /organizations/:id/members/:userId/roles delete:organization_member_roles
  GET /organizations/:id/connections read:organization_connections
  POST /organizations/:id/connections create:organization_connections
  GET /organizations/:id/connections/:connectionId read:organization_connections
  PATCH /organizations/:id/connections/:connectionId update:organization_connections
  DELETE /organizations/:id/connections/:connectionId delete:organization_connections
  GET /organizations/:id/enabled_connections read:organization_connections
  POST /organizations/:id/enabled_connections create:organization_connections
  GET /organizations/:id/enabled_connections/:connectionId read:organization_connections
  PATCH /organizations/:id/enabled_connections/:connectionId update:organization_connections
  DELETE /organizations/:id/enabled_connections/:connectionId delete:organization_connections
  GET /organizations read:organizations read:organizations_summary
  POST /organizations create:organization_connections create:organizations
  GET /organizations/name/:name read:organizations
  GET /organizations/:id read:organizations read:organizations_summary
  PATCH /organizations/:id update:organizations
  DELETE /organizations/:id delete:organizations
  GET /users/:id/sessions read:sessions
  DELETE /users/:id/sessions delete:sessions
  POST /users/:id/revoke-access delete:refresh_tokens delete:sessions
  GET /sessions/:id read:sessions
  DELETE /sessions/:id delete:sessions
  POST /sessions/:id/revoke delete:refresh_tokens delete:sessions
  GET /users/:id/refresh-tokens read:refresh_tokens
  DELETE /users/:id/refresh-tokens delete:refresh_tokens
  GET /refresh-tokens/:id read:refresh_tokens
  DELETE /refresh-tokens/:id delete:refresh_tokens
  POST /tickets/email-verification create:user_tickets
  POST /tickets/password-change create:user_tickets
  POST /jobs/verification-email update:users
  POST /jobs/users-exports read:users
  POST /jobs/users-imports create:users
  GET /jobs/:id/errors create:users read:users
  GET /grants read:grants
  DELETE /grants delete:grants
  DELETE /grants/:id delete:grants
  GET /device-credentials read:device_credentials
  DELETE /device-credentials/:id delete:device_credentials
  GET /anomaly/blocks/ips/:id read:anomaly_blocks
  DELETE /anomaly/blocks/ips/:id delete:anomaly_blocks
  GET /stats/active-users read:stats
  GET /stats/daily read:stats
  DELETE /connections/:id/users delete:users
  GET /users/:id/effective-roles read:user_effective_roles
  GET /users/:id/effective-roles/sources/groups read:user_role_source_groups
  GET /users/:id/effective-permissions read:user_effective_permissions
  GET /users/:id/effective-permissions/sources/effective-roles read:user_permission_source_roles
  GET /organizations/:id/members/:userId/effective-roles read:organization_member_effective_roles
  GET /organizations/:id/members/:userId/effective-roles/sources/groups read:organization_member_role_source_groups
  GET /organizations/:id/roles/:roleId/members read:organization_member_roles
  GET /jobs/:id create:users read:users update:users
  GET /users/:id/logs read:logs read:logs_users
  GET /users/:id/organizations read:organizations
  POST /users/:id/identities update:users
  DELETE /users/:id/identities/:provider/:userId update:users
  GET /users/:id/permissions read:users
  POST /users/:id/permissions update:users
  DELETE /users/:id/permissions update:users
  GET /users/:id/roles read:role_members read:roles read:users
  POST /users/:id/roles create:role_members update:users
  DELETE /users/:id/roles delete:role_members update:users
  GET /users read:user_idp_tokens read:users
  POST /users create:users
  GET /users-by-email read:users
  GET /users/:id read:user_idp_tokens read:users
  PATCH /users/:id update:users update:users_app_metadata
  DELETE /users/:id delete:users
  GET /branding/themes/default read:branding
  GET /custom-domains/default read:custom_domains
  PATCH /custom-domains/default update:custom_domains
  POST /custom-domains/:id/verify create:custom_domains
  GET /hooks/:id/secrets read:hooks
  POST /hooks/:id/secrets create:hooks
  PATCH /hooks/:id/secrets update:hooks
  DELETE /hooks/:id/secrets delete:hooks
  GET /guardian/factors read:guardian_factors
  PUT /guardian/factors/:name update:guardian_factors
  GET /rules-configs read:rules_configs
  PUT /rules-configs/:key update:rules_configs
  DELETE /rules-configs/:key delete:rules_configs
  GET /prompts/rendering read:prompts
  PATCH /prompts/rendering update:prompts
  GET /connections-directory-provisionings read:directory_provisionings
  GET /clients/:client_id/credentials read:client_credentials
  POST /clients/:client_id/credentials create:client_credentials
  GET /clients/:client_id/credentials/:id read:client_credentials
  PATCH /clients/:client_id/credentials/:id update:client_credentials
  DELETE /clients/:client_id/credentials/:id delete:client_credentials
  GET /attack-protection/bot-detection read:attack_protection
  PATCH /attack-protection/bot-detection update:attack_protection
  GET /attack-protection/breached-password-detection read:attack_protection
  PATCH /attack-protection/breached-password-detection update:attack_protection
  GET /attack-protection/brute-force-protection read:attack_protection
  PATCH /attack-protection/brute-force-protection update:attack_protection
  GET /attack-protection/captcha read:attack_protection
  PATCH /attack-protection/captcha update:attack_protection
  GET /attack-protection/suspicious-ip-throttling read:attack_protection
  PATCH /attack-protection/suspicious-ip-throttling update:attack_protection
  GET /risk-assessments/settings read:attack_protection
  PATCH /risk-assessments/settings update:attack_protection
  GET /risk-assessments/settings/new-device read:attack_protection
  PATCH /risk-assessments/settings/new-device update:attack_protection
  GET /supplemental-signals read:attack_protection
  PATCH /supplemental-signals update:attack_protection
  GET /branding read:branding
  PATCH /branding update:branding
  GET /branding/templates/universal-login read:branding
  PUT /branding/templates/universal-login update:branding
  DELETE /branding/templates/universal-login delete:branding
  GET /emails/provider read:email_provider
  POST /emails/provider create:email_provider
  PATCH /emails/provider update:email_provider
  DELETE /emails/provider delete:email_provider
  GET /prompts read:prompts
  PATCH /prompts update:prompts
  GET /prompts/:prompt/custom-text/:language read:prompts
  PUT /prompts/:prompt/custom-text/:language update:prompts
  GET /prompts/:prompt/partials read:prompts
  PUT /prompts/:prompt/partials update:prompts
  GET /prompts/:prompt/screen/:screen/rendering read:prompts
  PATCH /prompts/:prompt/screen/:screen/rendering update:prompts
  GET /guardian/factors/phone/message-types read:guardian_factors
  PUT /guardian/factors/phone/message-types update:guardian_factors
  GET /guardian/factors/phone/selected-provider read:guardian_factors
  PUT /guardian/factors/phone/selected-provider update:guardian_factors
  GET /guardian/factors/phone/templates read:guardian_factors
  PUT /guardian/factors/phone/templates update:guardian_factors
  GET /guardian/factors/phone/providers/twilio read:guardian_factors
  PUT /guardian/factors/phone/providers/twilio update:guardian_factors
  GET /guardian/factors/sms/providers/twilio read:guardian_factors
  PUT /guardian/factors/sms/providers/twilio update:guardian_factors
  GET /guardian/factors/sms/selected-provider read:guardian_factors
  PUT /guardian/factors/sms/selected-provider update:guardian_factors
  GET /guardian/factors/sms/templates read:guardian_factors
  PUT /guardian/factors/sms/templates update:guardian_factors
  GET /guardian/factors/push-notification/providers/sns read:guardian_factors
  PATCH /guardian/factors/push-notification/providers/sns update:guardian_factors
  PUT /guardian/factors/push-notification/providers/sns update:guardian_factors
  GET /guardian/factors/push-notification/selected-provider read:guardian_factors
  PUT /guardian/factors/push-notification/selected-provider update:guardian_factors
  GET /guardian/policies read:mfa_policies
  GET /guardian/factors/duo/settings read:guardian_factors
  PATCH /guardian/factors/duo/settings update:guardian_factors
  PUT /guardian/factors/duo/settings update:guardian_factors
  GET /guardian/factors/push-notification/providers/apns read:guardian_factors
  PATCH /guardian/factors/push-notification/providers/apns update:guardian_factors
  PUT /guardian/factors/push-notification/providers/apns update:guardian_factors
  GET /guardian/factors/webauthn-platform/settings read:guardian_factors
  PUT /guardian/factors/webauthn-platform/settings update:guardian_factors
  GET /guardian/factors/webauthn-roaming/settings read:guardian_factors
  PUT /guardian/factors/webauthn-roaming/settings update:guardian_factors
  GET /prompts/mfa-push read:prompts
  PATCH /prompts/mfa-push update:prompts
  PUT /guardian/policies update:mfa_policies
  GET /self-service-profiles/:id/custom-text/:language/:page read:self_service_profile_custom_texts
  PUT /self-service-profiles/:id/custom-text/:language/:page update:self_service_profile_custom_texts
  GET /connections/:id/scim-configuration read:scim_config
  GET /connections/:id/scim-configuration/default-mapping read:scim_config
  GET /connections-scim-configurations read:scim_config
  POST /connections/:id/scim-configuration create:scim_config
  PATCH /connections/:id/scim-configuration update:scim_config
  DELETE /connections/:id/scim-configuration delete:scim_config
  GET /connections/:id/directory-provisioning read:directory_provisionings
  GET /connections/:id/directory-provisioning/default-mapping read:directory_provisionings
  POST /connections/:id/directory-provisioning create:directory_provisionings
  PATCH /connections/:id/directory-provisioning update:directory_provisionings
  DELETE /connections/:id/directory-provisioning delete:directory_provisionings
  GET /connections/:id/directory-provisioning/synchronized-groups read:directory_provisionings
  PUT /connections/:id/directory-provisioning/synchronized-groups update:directory_provisionings
  POST /connections/:id/directory-provisioning/synchronized-groups create:directory_provisionings
  DELETE /connections/:id/directory-provisioning/synchronized-groups delete:directory_provisionings
  GET /rules read:rules
  POST /rules create:rules
  GET /rules/:id read:rules
  PATCH /rules/:id update:rules
  DELETE /rules/:id delete:rules
  GET /hooks read:hooks
  POST /hooks create:hooks
  GET /hooks/:id read:hooks
  PATCH /hooks/:id update:hooks
  DELETE /hooks/:id delete:hooks
  GET /network-acls read:network_acls
  POST /network-acls create:network_acls
  GET /network-acls/:id read:network_acls
  PATCH /network-acls/:id update:network_acls
  PUT /network-acls/:id update:network_acls
  DELETE /network-acls/:id delete:network_acls
  GET /user-attribute-profiles read:user_attribute_profiles
  POST /user-attribute-profiles create:user_attribute_profiles
  GET /user-attribute-profiles/:id read:user_attribute_profiles
  PATCH /user-attribute-profiles/:id update:user_attribute_profiles
  DELETE /user-attribute-profiles/:id delete:user_attribute_profiles
  GET /connection-profiles read:connection_profiles
  POST /connection-profiles create:connection_profiles
  GET /connection-profiles/:id read:connection_profiles
  PATCH /connection-profiles/:id update:connection_profiles
  DELETE /connection-profiles/:id delete:connection_profiles
  GET /rate-limit-policies read:rate_limit_policies
  POST /rate-limit-policies create:rate_limit_policies
  GET /rate-limit-policies/:id read:rate_limit_policies
  PATCH /rate-limit-policies/:id update:rate_limit_policies
  DELETE /rate-limit-policies/:id delete:rate_limit_policies
  GET /custom-domains read:custom_domains
  POST /custom-domains create:custom_domains
  GET /custom-domains/:id read:custom_domains
  PATCH /custom-domains/:id update:custom_domains
  DELETE /custom-domains/:id delete:custom_domains
  GET /self-service-profiles read:self_service_profiles
  POST /self-service-profiles create:self_service_profiles
  GET /self-service-profiles/:id read:self_service_profiles
  PATCH /self-service-profiles/:id update:self_service_profiles
  DELETE /self-service-profiles/:id delete:self_service_profiles
  GET /token-exchange-profiles read:token_exchange_profiles
  POST /token-exchange-profiles create:token_exchange_profiles
  GET /token-exchange-profiles/:id read:token_exchange_profiles
  PATCH /token-exchange-profiles/:id update:token_exchange_profiles
  DELETE /token-exchange-profiles/:id delete:token_exchange_profiles
  GET /log-streams read:log_streams
  POST /log-streams create:log_streams
  GET /log-streams/:id read:log_streams
  PATCH /log-streams/:id update:log_streams
  DELETE /log-streams/:id delete:log_streams
  GET /flows/vault/connections read:flows_vault_connections
  POST /flows/vault/connections create:flows_vault_connections
  GET /flows/vault/connections/:id read:flows_vault_connections
  PATCH /flows/vault/connections/:id update:flows_vault_connections
  DELETE /flows/vault/connections/:id delete:flows_vault_connections
  GET /flows read:flows
  POST /flows create:flows
  GET /flows/:id read:flows
  PATCH /flows/:id update:flows
  DELETE /flows/:id delete:flows
  GET /forms read:forms
  POST /forms create:forms
  GET /forms/:id read:forms
  PATCH /forms/:id update:forms
  DELETE /forms/:id delete:forms
  GET /event-streams read:event_streams
  POST /event-streams create:event_streams
  GET /event-streams/:id read:event_streams
  PATCH /event-streams/:id update:event_streams
  DELETE /event-streams/:id delete:event_streams
  GET /event-streams/:id/deliveries read:event_deliveries read:event_streams
  GET /event-streams/:id/deliveries/:eventId read:event_deliveries read:event_streams
  POST /event-streams/:id/redeliver update:event_deliveries
  POST /event-streams/:id/redeliver/:eventId update:event_deliveries
  POST /event-streams/:id/test update:event_streams
  GET /events read:events
  GET /branding/phone/providers read:phone_providers
  POST /branding/phone/providers create:phone_providers
  GET /branding/phone/providers/:id read:phone_providers
  PATCH /branding/phone/providers/:id update:phone_providers
  DELETE /branding/phone/providers/:id delete:phone_providers
  GET /branding/phone/templates read:phone_templates
  POST /branding/phone/templates create:phone_templates
  GET /branding/phone/templates/:id read:phone_templates
  PATCH /branding/phone/templates/:id update:phone_templates
  DELETE /branding/phone/templates/:id delete:phone_templates
  POST /branding/themes update:branding
  GET /branding/themes/:id read:branding
  PATCH /branding/themes/:id update:branding
  DELETE /branding/themes/:id delete:branding
  POST /email-templates create:email_templates
  GET /email-templates/:id read:email_templates
  PATCH /email-templates/:id update:email_templates
  PUT /email-templates/:id update:email_templates
`;

let tenant: LocalTenant;
beforeAll(async () => {
  // What is sent as it comes ends at once here.
  tenant = await startTestTenant({ eventStreams: { connectionLifetime: 0 } });
});
afterAll(() => tenant.close());

/** The table of endpoints does not touch the tenant before one of them is called. */
const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const missing = new Set(unimplemented({} as Tenant).map(nameOf));
const endpoints = listEndpoints({} as Tenant)
  // Those that answer 404 by name have a test of their own.
  .filter((endpoint) => !missing.has(nameOf(endpoint)))
  .map((endpoint): [string, Endpoint] => [nameOf(endpoint), endpoint]);

const documented = DOCUMENTED.trim()
  .split("\n")
  .map((line) => {
    const [method, path, ...scopes] = line.trim().split(" ");
    return { name: `${method} ${path}`, scopes: scopes.sort() };
  });

function find(name: string): Endpoint {
  const found = endpoints.find(([candidate]) => candidate === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found[1];
}

/** Signed once a scope. */
const tokens = new Map<string, Promise<string>>();
function tokenWith(scope: string): Promise<string> {
  const token = tokens.get(scope) ?? managementToken(tenant, scope);
  tokens.set(scope, token);
  return token;
}

const messageOf = (body: unknown): string => String((body as { message?: unknown } | undefined)?.message ?? "");

const request = ({ method, path }: Endpoint, rest: Call = {}) =>
  call(tenant, `/api/v2${path.replaceAll(/:(\w+)/g, "none")}`, { method, body: {}, ...rest });

describe("every endpoint of the Management API", () => {
  test("is there once", () => {
    // Two paths that differ in a parameter's name alone are one.
    const names = endpoints.map(([name]) => name.replaceAll(/:\w+/g, ":id"));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(100);
  });

  test.each(endpoints)("%s wants a token", async (_, endpoint) => {
    expect(await request(endpoint)).toMatchObject({
      status: 401,
      body: { statusCode: 401, error: "Unauthorized", message: "Missing authentication" },
    });
  });

  test("is in the table of documented scopes, and nothing else is", () => {
    expect(endpoints.map(([name]) => name).sort()).toEqual(documented.map(({ name }) => name).sort());
  });

  test.each(documented)("$name asks for a documented scope", async ({ name, scopes }) => {
    const other = ["read:stats", "read:roles", "read:actions", "read:logs"].find((scope) => !scopes.includes(scope));
    const answer = await request(find(name), { token: await tokenWith(other ?? "") });
    expect(answer).toMatchObject({
      status: 403,
      body: { statusCode: 403, error: "Forbidden", errorCode: "insufficient_scope" },
    });
    const [, expected = ""] = /^Insufficient scope, expected any of: (.*)$/.exec(messageOf(answer.body)) ?? [];
    expect(expected.split(",").sort()).toEqual(scopes);
  });

  test.each(documented.flatMap(({ name, scopes }) => scopes.map((scope) => ({ name, scope }))))(
    "$name is content with $scope",
    async ({ name, scope }) => {
      const answer = await request(find(name), { token: await tokenWith(scope) });
      expect(messageOf(answer.body)).not.toContain("Insufficient scope");
      expect(answer.status).not.toBe(403);
    },
  );
});
