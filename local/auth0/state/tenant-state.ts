import type { Journal } from "../../state/journal.ts";
import type { SigningKeyRecord } from "../signing-keys.ts";
import type {
  Action,
  ActionExecution,
  ActionModule,
  ActionModuleVersion,
  ActionVersion,
  TriggerBindings,
} from "./action.ts";
import type { Consent } from "./consent.ts";
import type { LogEntry } from "./log-entry.ts";
import type {
  DiscoveryDomain,
  Invitation,
  Organization,
  OrganizationClient,
  OrganizationClientGrant,
  OrganizationConnection,
  OrganizationMember,
} from "./organization.ts";
import type { RefreshToken, RefreshTokenDigest } from "./refresh-token.ts";
import type { Client, ClientGrant, Connection, ResourceServer } from "./resources.ts";
import type { Assignments, Role } from "./role.ts";
import type { Session } from "./session.ts";
import type { PasswordRecord, User } from "./user.ts";

/** Everything the tenant remembers, a collection a kind. Saved as it changes (local/state/journal.ts). */
export type TenantState = Readonly<ReturnType<typeof openTenantState>>;

export function openTenantState(journal: Journal) {
  return {
    /** The tenant settings, one record under the id `tenant`. */
    settings: journal.collection<Readonly<Record<string, unknown>>>("settings"),
    signingKeys: journal.collection<SigningKeyRecord>("signing_keys"),
    clients: journal.collection<Client>("clients"),
    clientGrants: journal.collection<ClientGrant>("client_grants"),
    resourceServers: journal.collection<ResourceServer>("resource_servers"),
    connections: journal.collection<Connection>("connections"),
    roles: journal.collection<Role>("roles"),
    users: journal.collection<User>("users"),
    passwords: journal.collection<PasswordRecord>("passwords"),
    /** Roles and direct permissions of users, by user id. */
    assignments: journal.collection<Assignments>("assignments"),
    organizations: journal.collection<Organization>("organizations"),
    organizationMembers: journal.collection<OrganizationMember>("organization_members"),
    organizationConnections: journal.collection<OrganizationConnection>("organization_connections"),
    organizationClientGrants: journal.collection<OrganizationClientGrant>("organization_client_grants"),
    organizationClients: journal.collection<OrganizationClient>("organization_clients"),
    discoveryDomains: journal.collection<DiscoveryDomain>("discovery_domains"),
    invitations: journal.collection<Invitation>("invitations"),
    actions: journal.collection<Action>("actions"),
    actionVersions: journal.collection<ActionVersion>("action_versions"),
    /** By trigger id. */
    triggerBindings: journal.collection<TriggerBindings>("trigger_bindings"),
    actionExecutions: journal.collection<ActionExecution>("action_executions"),
    actionModules: journal.collection<ActionModule>("action_modules"),
    actionModuleVersions: journal.collection<ActionModuleVersion>("action_module_versions"),
    logs: journal.collection<LogEntry>("logs"),
    sessions: journal.collection<Session>("sessions"),
    refreshTokens: journal.collection<RefreshToken>("refresh_tokens"),
    /** By digest. */
    refreshTokenDigests: journal.collection<RefreshTokenDigest>("refresh_token_digests"),
    /** Claims that Actions set on a user's last id token for a client, by `<client>:<user>`. */
    userinfoClaims: journal.collection<Readonly<Record<string, unknown>>>("userinfo_claims"),
    consents: journal.collection<Consent>("consents"),
    /** Records of the kinds that are stored and nothing else, by id: a collection a path of the Management API. */
    records: (path: string) => journal.collection<Readonly<Record<string, unknown>>>(`records${path}`),
    /** Settings that are stored and nothing else, by their path. */
    settingRecords: journal.collection<{ readonly path: string; readonly value: unknown }>("setting_records"),
    /** What the tenant keeps from everybody, base64url. */
    secrets: journal.collection<string>("secrets"),
  };
}
