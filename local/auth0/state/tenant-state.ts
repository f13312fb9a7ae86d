import type { Collection, Journal } from "../../state/journal.ts";
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
export interface TenantState {
  /** The tenant settings, one record under the id `tenant`. */
  readonly settings: Collection<Readonly<Record<string, unknown>>>;
  readonly signingKeys: Collection<SigningKeyRecord>;
  readonly clients: Collection<Client>;
  readonly clientGrants: Collection<ClientGrant>;
  readonly resourceServers: Collection<ResourceServer>;
  readonly connections: Collection<Connection>;
  readonly roles: Collection<Role>;
  readonly users: Collection<User>;
  readonly passwords: Collection<PasswordRecord>;
  /** Roles and direct permissions of users, by user id. */
  readonly assignments: Collection<Assignments>;
  readonly organizations: Collection<Organization>;
  readonly organizationMembers: Collection<OrganizationMember>;
  readonly organizationConnections: Collection<OrganizationConnection>;
  readonly organizationClientGrants: Collection<OrganizationClientGrant>;
  readonly organizationClients: Collection<OrganizationClient>;
  readonly discoveryDomains: Collection<DiscoveryDomain>;
  readonly invitations: Collection<Invitation>;
  readonly actions: Collection<Action>;
  readonly actionVersions: Collection<ActionVersion>;
  /** By trigger id. */
  readonly triggerBindings: Collection<TriggerBindings>;
  readonly actionExecutions: Collection<ActionExecution>;
  readonly actionModules: Collection<ActionModule>;
  readonly actionModuleVersions: Collection<ActionModuleVersion>;
  readonly logs: Collection<LogEntry>;
  readonly sessions: Collection<Session>;
  readonly refreshTokens: Collection<RefreshToken>;
  /** By digest. */
  readonly refreshTokenDigests: Collection<RefreshTokenDigest>;
  /** Claims that Actions set on a user's last id token for a client, by `<client>:<user>`. */
  readonly userinfoClaims: Collection<Readonly<Record<string, unknown>>>;
  readonly consents: Collection<Consent>;
  /** Records of the kinds that are stored and nothing else, by id: a collection a path of the Management API. */
  records(path: string): Collection<Readonly<Record<string, unknown>>>;
  /** Settings that are stored and nothing else, by their path. */
  readonly settingRecords: Collection<{ readonly path: string; readonly value: unknown }>;
  /** What the tenant keeps from everybody, base64url. */
  readonly secrets: Collection<string>;
}

export function openTenantState(journal: Journal): TenantState {
  return {
    settings: journal.collection("settings"),
    signingKeys: journal.collection("signing_keys"),
    clients: journal.collection("clients"),
    clientGrants: journal.collection("client_grants"),
    resourceServers: journal.collection("resource_servers"),
    connections: journal.collection("connections"),
    roles: journal.collection("roles"),
    users: journal.collection("users"),
    passwords: journal.collection("passwords"),
    assignments: journal.collection("assignments"),
    organizations: journal.collection("organizations"),
    organizationMembers: journal.collection("organization_members"),
    organizationConnections: journal.collection("organization_connections"),
    organizationClientGrants: journal.collection("organization_client_grants"),
    organizationClients: journal.collection("organization_clients"),
    discoveryDomains: journal.collection("discovery_domains"),
    invitations: journal.collection("invitations"),
    actions: journal.collection("actions"),
    actionVersions: journal.collection("action_versions"),
    triggerBindings: journal.collection("trigger_bindings"),
    actionExecutions: journal.collection("action_executions"),
    actionModules: journal.collection("action_modules"),
    actionModuleVersions: journal.collection("action_module_versions"),
    logs: journal.collection("logs"),
    sessions: journal.collection("sessions"),
    refreshTokens: journal.collection("refresh_tokens"),
    refreshTokenDigests: journal.collection("refresh_token_digests"),
    userinfoClaims: journal.collection("userinfo_claims"),
    consents: journal.collection("consents"),
    records: (path) => journal.collection(`records${path}`),
    settingRecords: journal.collection("setting_records"),
    secrets: journal.collection("secrets"),
  };
}
