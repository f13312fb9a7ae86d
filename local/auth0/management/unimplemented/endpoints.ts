/**
 * The methods of auth0 7.1 that the local tenant does not have, with the scopes of which any one is enough. Source: Auth0's OpenAPI
 * description of the Management API v2 (auth0/docs-v2 at 7025885, 2026-06-25); users' own tokens, which are not issued here, left out.
 */
export const UNIMPLEMENTED = `
  POST /actions/actions/:id/test create:actions
  GET /attack-protection/phone-provider-protection read:attack_protection
  PATCH /attack-protection/phone-provider-protection update:attack_protection
  POST /branding/phone/providers/:id/try create:phone_providers
  PATCH /branding/phone/templates/:id/reset update:phone_templates
  POST /branding/phone/templates/:id/try create:phone_templates
  POST /clients/cimd/preview read:clients
  POST /clients/cimd/register create:clients update:clients
  GET /connection-profiles/templates read:connection_profiles
  GET /connection-profiles/templates/:id read:connection_profiles
  POST /connections/:id/directory-provisioning/synchronizations create:directory_provisionings
  GET /connections/:id/keys read:connections_keys
  POST /connections/:id/keys create:connections_keys
  POST /connections/:id/keys/rotate create:connections_keys update:connections_keys
  GET /connections/:id/scim-configuration/tokens read:scim_token
  POST /connections/:id/scim-configuration/tokens create:scim_token
  DELETE /connections/:id/scim-configuration/tokens/:tokenId delete:scim_token
  GET /connections/:id/status read:connections
  POST /custom-domains/:id/test read:custom_domains
  POST /device-credentials create:current_user_device_credentials
  GET /flows/:flow_id/executions read:flows_executions
  GET /flows/:flow_id/executions/:execution_id read:flows_executions
  DELETE /flows/:flow_id/executions/:execution_id delete:flows_executions
  GET /groups read:groups
  GET /groups/:id read:groups
  DELETE /groups/:id delete:groups
  GET /groups/:id/members read:group_members
  GET /groups/:id/roles read:group_roles
  POST /groups/:id/roles create:group_roles
  DELETE /groups/:id/roles delete:group_roles
  POST /guardian/enrollments/ticket create:guardian_enrollment_tickets
  PUT /guardian/factors/push-notification/providers/fcm update:guardian_factors
  PATCH /guardian/factors/push-notification/providers/fcm update:guardian_factors
  PUT /guardian/factors/push-notification/providers/fcmv1 update:guardian_factors
  PATCH /guardian/factors/push-notification/providers/fcmv1 update:guardian_factors
  GET /keys/custom-signing read:custom_signing_keys
  PUT /keys/custom-signing create:custom_signing_keys update:custom_signing_keys
  DELETE /keys/custom-signing delete:custom_signing_keys
  GET /keys/encryption read:encryption_keys
  POST /keys/encryption create:encryption_keys
  POST /keys/encryption/rekey create:encryption_keys update:encryption_keys
  GET /keys/encryption/:kid read:encryption_keys
  POST /keys/encryption/:kid update:encryption_keys
  DELETE /keys/encryption/:kid delete:encryption_keys
  POST /keys/encryption/:kid/wrapping-key create:encryption_keys
  GET /organizations/:organization_id/groups read:organization_groups
  GET /organizations/:organization_id/groups/:group_id/roles read:organization_group_roles
  POST /organizations/:organization_id/groups/:group_id/roles create:organization_group_roles
  DELETE /organizations/:organization_id/groups/:group_id/roles delete:organization_group_roles
  GET /roles/:id/groups read:group_roles
  POST /roles/:id/groups create:group_roles
  DELETE /roles/:id/groups delete:group_roles
  POST /self-service-profiles/:id/sso-ticket create:sso_access_tickets
  POST /self-service-profiles/:profileId/sso-ticket/:id/revoke delete:sso_access_tickets
  GET /user-attribute-profiles/templates read:user_attribute_profiles
  GET /user-attribute-profiles/templates/:id read:user_attribute_profiles
  GET /users/:id/connected-accounts read:users
  GET /users/:id/groups read:groups
  POST /users/:id/multifactor/actions/invalidate-remember-browser update:users
  POST /users/:id/risk-assessments/clear update:users
  GET /verifiable-credentials/verification/templates read:vdcs_templates
  POST /verifiable-credentials/verification/templates create:vdcs_templates
  GET /verifiable-credentials/verification/templates/:id read:vdcs_templates
  DELETE /verifiable-credentials/verification/templates/:id delete:vdcs_templates
  PATCH /verifiable-credentials/verification/templates/:id update:vdcs_templates
`;

/** Newer than that description: the scopes follow its way to name them. */
export const NEWER_UNIMPLEMENTED = `
  GET /agents read:agents
  POST /agents create:agents
  GET /agents/:id read:agents
  DELETE /agents/:id delete:agents
  PATCH /agents/:id update:agents
  POST /experimentation/experiments/:id/advance-ramp create:experiments
  GET /guardian/factors/email/settings read:guardian_factors
  PUT /guardian/factors/email/settings update:guardian_factors
  GET /guardian/factors/phone/settings read:guardian_factors
  PUT /guardian/factors/phone/settings update:guardian_factors
  GET /guardian/settings read:guardian_factors
  PUT /guardian/settings update:guardian_factors
  GET /keys/network-acls read:network_acls
  POST /keys/network-acls create:network_acls
  GET /keys/network-acls/:id read:network_acls
  DELETE /keys/network-acls/:id delete:network_acls
  GET /organizations/:id/organization-templates read:organization_templates
  PUT /organizations/:id/organization-templates/:template_id update:organization_templates
  DELETE /organizations/:id/organization-templates/:template_id delete:organization_templates
  GET /organizations/:organization_id/roles/:role_id/groups read:organization_group_roles
  GET /organizations/search read:organizations
  GET /resource-servers/search read:resource_servers
`;

/**
 * What auth0 2.44 to 6.4 and go-auth0 1.32 call, and auth0 7.1 does not. Scopes: Auth0's documentation of the time, else by its way
 * to name them.
 */
export const OLDER_UNIMPLEMENTED = `
  GET /blacklists/tokens blacklist:tokens
  POST /blacklists/tokens blacklist:tokens
  GET /event-streams/:id/stats read:event_streams
  GET /migrations read:migrations
  PATCH /migrations update:migrations
  GET /organization-templates read:organization_templates
  POST /organization-templates create:organization_templates
  GET /organization-templates/:id read:organization_templates
  PATCH /organization-templates/:id update:organization_templates
  GET /organization-templates/:id/organizations read:organization_templates
  GET /users/:id/federated-connections-tokensets read:federated_connections_tokens
  DELETE /users/:id/federated-connections-tokensets/:tokenset_id delete:federated_connections_tokens
`;
