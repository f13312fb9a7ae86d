import type { Management, ManagementClient } from "auth0";

/** An Action as the tenant holds it. */
export interface LiveAction {
  readonly name: string;
  /** The draft's: pending, building, built, failed, ... */
  readonly status: string;
  readonly allChangesDeployed: boolean;
  /** Undefined until its first deploy. */
  readonly deployed: { readonly version: number; readonly code: string } | undefined;
  /** `stripe@23.1.0` */
  readonly dependencies: readonly string[];
  /** The API returns no values. */
  readonly secretNames: readonly string[];
}

export interface LiveRole {
  readonly name: string;
  readonly permissions: readonly { readonly name: string; readonly api: string }[];
}

const PAGE = 100;

export async function readActions(management: ManagementClient): Promise<readonly LiveAction[]> {
  return (await collect(management.actions.list({ per_page: PAGE }))).map(describeAction);
}

function describeAction(action: Management.Action): LiveAction {
  const { deployed_version: deployed, dependencies = [], secrets = [] } = action;
  return {
    name: action.name ?? "",
    status: action.status ?? "unknown",
    allChangesDeployed: action.all_changes_deployed === true,
    deployed: deployed && { version: deployed.number ?? 0, code: deployed.code ?? "" },
    dependencies: dependencies.map(({ name, version }) => `${name}@${version}`),
    secretNames: secrets.flatMap(({ name }) => name ?? []),
  };
}

/** Names of the Actions bound to a trigger, in the order in which they run. */
export async function readFlow(management: ManagementClient, trigger: string): Promise<readonly string[]> {
  // The SDK's type lists the triggers of its day; the tenant decides which there are.
  const id = trigger as Management.ActionTriggerTypeEnum;
  const bindings = await collect(management.actions.triggers.bindings.list(id, { per_page: PAGE }));
  return bindings.map(({ action }) => action?.name ?? "");
}

/** Without Auth0's own APIs. */
export async function readApis(management: ManagementClient): Promise<readonly Management.ResourceServer[]> {
  const apis = await collect(management.resourceServers.list({ per_page: PAGE }));
  return apis.filter(({ is_system: isSystem }) => isSystem !== true);
}

/** Without the global client ("All Applications"). */
export function readClients(management: ManagementClient): Promise<readonly Management.Client[]> {
  return collect(management.clients.list({ per_page: PAGE, is_global: false }));
}

export function readClientGrants(
  management: ManagementClient,
): Promise<readonly Management.ClientGrantResponseContent[]> {
  return collect(management.clientGrants.list({ take: PAGE }));
}

export async function readRoles(management: ManagementClient): Promise<readonly LiveRole[]> {
  const roles = await collect(management.roles.list({ per_page: PAGE }));
  return Promise.all(
    roles.map(async ({ id = "", name = "" }) => {
      const permissions = await collect(management.roles.permissions.list(id, { per_page: PAGE }));
      return {
        name,
        permissions: permissions.map((permission) => ({
          name: permission.permission_name ?? "",
          api: permission.resource_server_identifier ?? "",
        })),
      };
    }),
  );
}

/** Databases, with the client ids that may use each. */
export async function readDatabases(
  management: ManagementClient,
): Promise<readonly { readonly name: string; readonly clientIds: readonly string[] }[]> {
  const connections = await collect(management.connections.list({ take: PAGE, strategy: ["auth0"] }));
  return Promise.all(
    connections.map(async ({ id = "", name = "" }) => {
      const clients = await collect(management.connections.clients.get(id, { take: PAGE }));
      return { name, clientIds: clients.map(({ client_id: clientId }) => clientId) };
    }),
  );
}

async function collect<T>(firstPage: PromiseLike<AsyncIterable<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of await firstPage) items.push(item);
  return items;
}
