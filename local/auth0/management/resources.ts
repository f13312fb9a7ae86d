import type { Tenant } from "../tenant.ts";
import { actions } from "./actions/actions.ts";
import { actionExecutions } from "./actions/executions.ts";
import { actionModuleVersions } from "./actions/module-versions.ts";
import { actionModules } from "./actions/modules.ts";
import { triggers } from "./actions/triggers.ts";
import { actionVersions } from "./actions/versions.ts";
import { blockedAddresses } from "./anomaly/blocked-addresses.ts";
import { clientGrants } from "./client-grants/client-grants.ts";
import { clientGrantOrganizations } from "./client-grants/organizations.ts";
import { clients } from "./clients/clients.ts";
import { clientCredentials } from "./clients/credentials.ts";
import { connectionClients } from "./connections/clients.ts";
import { connections } from "./connections/connections.ts";
import { connectionUsers } from "./connections/users.ts";
import { deviceCredentials } from "./device-credentials/device-credentials.ts";
import type { Endpoint, Resource } from "./endpoint.ts";
import { eventDeliveries } from "./event-streams/deliveries.ts";
import { events } from "./event-streams/events.ts";
import { grants } from "./grants/grants.ts";
import { jobs } from "./jobs/jobs.ts";
import { usersExports } from "./jobs/users-exports.ts";
import { usersImports } from "./jobs/users-imports.ts";
import { verificationEmail } from "./jobs/verification-email.ts";
import { logs } from "./logs.ts";
import { organizationClientGrants } from "./organizations/client-grants.ts";
import { organizationClients } from "./organizations/clients.ts";
import { organizationConnections } from "./organizations/connections.ts";
import { organizationDiscoveryDomains } from "./organizations/discovery-domains.ts";
import { organizationEffectiveRoles } from "./organizations/effective-roles.ts";
import { organizationInvitations } from "./organizations/invitations.ts";
import { organizationMembers } from "./organizations/members.ts";
import { organizations } from "./organizations/organizations.ts";
import { PLAIN_RECORDS } from "./plain-records/plain-records.ts";
import { resourceServers } from "./resource-servers/resource-servers.ts";
import { rolePermissions } from "./roles/permissions.ts";
import { roles } from "./roles/roles.ts";
import { roleUsers } from "./roles/users.ts";
import { refreshTokens } from "./sessions/refresh-tokens.ts";
import { sessions } from "./sessions/sessions.ts";
import { signingKeys } from "./signing-keys/signing-keys.ts";
import { stats } from "./stats/stats.ts";
import { tenantSettings } from "./tenant-settings/tenant-settings.ts";
import { tickets } from "./tickets/tickets.ts";
import { unimplemented } from "./unimplemented/unimplemented.ts";
import { authenticationMethods } from "./users/authentication-methods.ts";
import { userBlocks } from "./users/blocks.ts";
import { effectiveRoles } from "./users/effective.ts";
import { enrollments } from "./users/enrollments.ts";
import { userIdentities } from "./users/identities.ts";
import { userLogs } from "./users/logs.ts";
import { userOrganizations } from "./users/organizations.ts";
import { userPermissions } from "./users/permissions.ts";
import { recoveryCode } from "./users/recovery-code.ts";
import { userRoles } from "./users/roles.ts";
import { users } from "./users/users.ts";

/** Every kind of resource that this tenant has, a file each. What is not here answers 404. */
const RESOURCES: readonly Resource[] = [
  // First, because some of their paths look like the id of something that is here (`/organizations/search`).
  unimplemented,
  tenantSettings,
  clients,
  clientCredentials,
  clientGrants,
  clientGrantOrganizations,
  resourceServers,
  connections,
  connectionClients,
  connectionUsers,
  signingKeys,
  roles,
  rolePermissions,
  roleUsers,
  actions,
  actionVersions,
  triggers,
  actionModules,
  actionModuleVersions,
  actionExecutions,
  logs,
  organizationInvitations,
  organizationDiscoveryDomains,
  organizationClientGrants,
  organizationClients,
  organizationMembers,
  organizationEffectiveRoles,
  organizationConnections,
  organizations,
  sessions,
  refreshTokens,
  tickets,
  verificationEmail,
  usersExports,
  usersImports,
  jobs,
  authenticationMethods,
  enrollments,
  recoveryCode,
  userBlocks,
  blockedAddresses,
  effectiveRoles,
  grants,
  deviceCredentials,
  stats,
  userLogs,
  userOrganizations,
  userIdentities,
  userPermissions,
  userRoles,
  users,
  eventDeliveries,
  events,
  ...PLAIN_RECORDS,
];

export function listEndpoints(tenant: Tenant): readonly Endpoint[] {
  return RESOURCES.flatMap((resource) => resource(tenant));
}

/** All scopes of the Management API of this tenant: what the deploying client is granted. */
export function listManagementScopes(endpoints: readonly Endpoint[]): readonly string[] {
  return [...new Set(endpoints.flatMap(({ scopes, partScopes = [] }) => [...scopes, ...partScopes]))].sort();
}
