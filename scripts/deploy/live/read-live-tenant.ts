import { type Management, type ManagementClient, ManagementError } from "auth0";
import { CommandError } from "../../command.ts";
import type { TenantDocument } from "../../tenant/document.ts";
import type {
  ActionContent,
  Fields,
  LiveAction,
  LiveApi,
  LiveBinding,
  LiveClient,
  LiveClientGrant,
  LiveDatabase,
  LiveRole,
  LiveTenant,
} from "./live-tenant.ts";
import { isLostAnswer } from "./lost-answer.ts";

/** Everything in these that is secret stays out of plans, fingerprints and logs by never being asked for. */
export const SECRET_CLIENT_FIELDS = "client_secret,signing_keys,encryption_key";
/** Made anew for each list: the SDK writes the next page's number into the very object that it was given. */
const page = () => ({ per_page: 100 });
const take = () => ({ take: 100 });

/**
 * Reads what tenant.yaml speaks of. Permissions and enabled clients, a request each, are read of those roles and
 * databases only that the document names.
 *
 * @throws CommandError DEPLOY_SCOPE_MISSING, TENANT_UNREADABLE
 */
export async function readLiveTenant(
  management: ManagementClient,
  domain: string,
  document: TenantDocument,
): Promise<LiveTenant> {
  try {
    return await readAll(management, domain, document);
  } catch (error) {
    throw explainUnreadable(error, domain);
  }
}

function explainUnreadable(cause: unknown, domain: string): unknown {
  if (cause instanceof ManagementError && cause.statusCode === 403) {
    const scopes = /insufficient scope, expected any of: ([\w:, ]+)/i.exec(cause.message)?.[1];
    return new CommandError(
      "DEPLOY_SCOPE_MISSING",
      `${domain} refused to be read: the deploying application lacks ${scopes ?? "a scope"}. Add it (Auth0 dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications), then try again.`,
      { cause },
    );
  }
  if (!isLostAnswer(cause) && !(cause instanceof ManagementError)) return cause;
  const status = cause instanceof ManagementError && cause.statusCode !== undefined ? ` (${cause.statusCode})` : "";
  return new CommandError(
    "TENANT_UNREADABLE",
    `${domain} could not be read${status}. Nothing was sent; try again when it answers.`,
    { cause },
  );
}

async function readAll(management: ManagementClient, domain: string, document: TenantDocument): Promise<LiveTenant> {
  const roleNames = new Set((document.roles ?? []).map(({ name }) => name));
  const databaseNames = new Set((document.databases ?? []).map(({ name }) => name));
  const [settings, apis, clients, clientGrants, roles, databases, actions] = await Promise.all([
    management.tenants.settings.get(),
    collect(management.resourceServers.list(page())),
    collect(
      management.clients.list({ ...page(), is_global: false, fields: SECRET_CLIENT_FIELDS, include_fields: false }),
    ),
    collect(management.clientGrants.list(take())),
    collect(management.roles.list(page())),
    collect(management.connections.list({ ...take(), strategy: ["auth0"] })),
    collect(management.actions.list(page())),
  ]);
  return {
    domain,
    settings: { ...settings },
    apis: apis.map(toApi),
    clients: clients.map(toClient),
    clientGrants: clientGrants.map(toClientGrant),
    roles: await mapInTurn(roles, (role) => readRole(management, role, roleNames)),
    databases: await mapInTurn(databases, (database) => readDatabase(management, database, databaseNames)),
    actions: actions.map(toAction),
    bindings: await readBindings(management, document, actions),
  };
}

async function readRole(
  management: ManagementClient,
  role: Management.Role,
  named: ReadonlySet<string>,
): Promise<LiveRole> {
  const { id = "", name = "", ...fields } = role;
  const permissions = named.has(name) ? await collect(management.roles.permissions.list(id, page())) : [];
  return {
    id,
    name,
    fields,
    permissions: permissions.map(({ permission_name = "", resource_server_identifier = "" }) => ({
      permission_name,
      resource_server_identifier,
    })),
  };
}

async function readDatabase(
  management: ManagementClient,
  connection: Management.ConnectionForList,
  named: ReadonlySet<string>,
): Promise<LiveDatabase> {
  const { id = "", name = "", ...fields } = connection;
  const enabled = named.has(name) ? await collect(management.connections.clients.get(id, take())) : [];
  return { id, name, fields: toFields(fields), enabledClientIds: enabled.map(({ client_id }) => client_id).sort() };
}

/** Of the triggers that tenant.yaml names and of those that any Action can be bound to: a dropped one may still be bound. */
async function readBindings(
  management: ManagementClient,
  document: TenantDocument,
  actions: readonly Management.Action[],
): Promise<LiveTenant["bindings"]> {
  const supported = actions.flatMap((action) => (action.supported_triggers ?? []).map(({ id }) => id));
  const triggers = [...new Set([...Object.keys(document.triggers ?? {}), ...supported])].sort();
  const rows = await mapInTurn(triggers, async (trigger) => {
    const bindings = await collect(
      management.actions.triggers.bindings.list(trigger as Management.ActionTriggerTypeEnum, page()),
    );
    return [trigger, bindings.map(toBinding)] as const;
  });
  return Object.fromEntries(rows);
}

function toApi({ id = "", identifier = "", name = "", is_system, ...fields }: Management.ResourceServer): LiveApi {
  return { id, identifier, name, isSystem: is_system === true, fields: toFields({ name, ...fields }) };
}

function toClient({ client_id = "", name = "", ...fields }: Management.Client): LiveClient {
  return { id: client_id, name, fields: toFields(fields) };
}

function toClientGrant(grant: Management.ClientGrantResponseContent): LiveClientGrant {
  return {
    id: grant.id ?? "",
    clientId: grant.client_id ?? "",
    audience: grant.audience ?? "",
    scope: grant.scope ?? [],
  };
}

function toAction(action: Management.Action): LiveAction {
  const { deployed_version: deployed } = action;
  return {
    id: action.id ?? "",
    name: action.name ?? "",
    triggers: (action.supported_triggers ?? []).map(({ id, version = "" }) => ({ id, version })),
    draft: { ...toContent(action), status: action.status ?? "pending" },
    ...(deployed === undefined
      ? {}
      : {
          live: {
            ...toContent(deployed),
            versionId: deployed.id ?? "",
            number: deployed.number ?? 0,
            since: String(deployed.built_at ?? deployed.created_at ?? ""),
          },
        }),
  };
}

function toContent(source: Pick<Management.Action, "code" | "runtime" | "dependencies" | "secrets">): ActionContent {
  return {
    code: source.code ?? "",
    runtime: source.runtime ?? "",
    dependencies: (source.dependencies ?? []).map(({ name = "", version = "" }) => ({ name, version })),
    secrets: (source.secrets ?? []).map(({ name = "", updated_at }) => ({ name, updatedAt: String(updated_at ?? "") })),
  };
}

function toBinding(binding: Management.ActionBinding): LiveBinding {
  const actionName = binding.action?.name ?? "";
  return {
    id: binding.id ?? "",
    actionId: binding.action?.id ?? "",
    actionName,
    displayName: binding.display_name ?? actionName,
  };
}

function toFields(record: object): Fields {
  return { ...record };
}

async function collect<T>(page: Promise<AsyncIterable<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const row of await page) rows.push(row);
  return rows;
}

/** A few at a time: a hundred roles at once would only run into the rate limit. */
async function mapInTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return results;
}
