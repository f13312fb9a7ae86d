import { indexCollection } from "../../state/index-collection.ts";
import type { Journal } from "../../state/journal.ts";
import { type RecordChange, watchCollection } from "../../state/watch-collection.ts";
import type { SigningKeyRecord } from "../signing-keys.ts";
import type {
  Action,
  ActionExecution,
  ActionModule,
  ActionModuleVersion,
  ActionVersion,
  TriggerBindings,
} from "./action.ts";
import type { Authenticator } from "./authenticator.ts";
import type { ClientCredential } from "./client-credential.ts";
import type { Consent } from "./consent.ts";
import type { FailedDelivery } from "./event-stream.ts";
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
import { listUserKeys } from "./user-keys.ts";

/** Everything the tenant remembers, a collection a kind. Saved as it changes (local/state/journal.ts). */
export type TenantState = Readonly<ReturnType<typeof openTenantState>>;

/** A write of something that others want to hear of (event streams). */
export type StateChange =
  | ({ readonly kind: "user" } & RecordChange<User>)
  | ({ readonly kind: "connection" } & RecordChange<Connection>)
  | ({ readonly kind: "organization" } & RecordChange<Organization>)
  | ({ readonly kind: "organization member" } & RecordChange<OrganizationMember>)
  | ({ readonly kind: "organization connection" } & RecordChange<OrganizationConnection>);

/** @param onChange is told once the write is done; must not throw */
export function openTenantState(journal: Journal, onChange: (change: StateChange) => void = () => {}) {
  return {
    /** The tenant settings, one record under the id `tenant`. */
    settings: journal.collection<Readonly<Record<string, unknown>>>("settings"),
    signingKeys: journal.collection<SigningKeyRecord>("signing_keys"),
    clients: journal.collection<Client>("clients"),
    /** Of one client, by id. */
    clientCredentials: (clientId: string) =>
      journal.collection<ClientCredential>(`records/clients/${clientId}/credentials`),
    clientGrants: journal.collection<ClientGrant>("client_grants"),
    resourceServers: journal.collection<ResourceServer>("resource_servers"),
    connections: watchCollection(journal.collection<Connection>("connections"), (change) =>
      onChange({ kind: "connection", ...change }),
    ),
    roles: journal.collection<Role>("roles"),
    users: openUsers(journal, onChange),
    passwords: journal.collection<PasswordRecord>("passwords"),
    /** Roles and direct permissions of users, by user id. */
    assignments: journal.collection<Assignments>("assignments"),
    organizations: watchCollection(journal.collection<Organization>("organizations"), (change) =>
      onChange({ kind: "organization", ...change }),
    ),
    organizationMembers: watchCollection(journal.collection<OrganizationMember>("organization_members"), (change) =>
      onChange({ kind: "organization member", ...change }),
    ),
    organizationConnections: watchCollection(
      journal.collection<OrganizationConnection>("organization_connections"),
      (change) => onChange({ kind: "organization connection", ...change }),
    ),
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
    authenticators: journal.collection<Authenticator>("authenticators"),
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
    /** Deliveries that event streams gave up on. */
    failedDeliveries: journal.collection<FailedDelivery>("failed_deliveries"),
    /** What the tenant keeps from everybody, base64url. */
    secrets: journal.collection<string>("secrets"),
  };
}

/** With an index by what they and their linked identities are called. */
function openUsers(journal: Journal, onChange: (change: StateChange) => void) {
  const users = watchCollection(journal.collection<User>("users"), (change) => onChange({ kind: "user", ...change }));
  return indexCollection(users, listUserKeys);
}
