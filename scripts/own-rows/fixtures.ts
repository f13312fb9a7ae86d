import { CommandError } from "../command.ts";
import type { TenantDocument } from "../tenant/document.ts";

const PAY = "require-subscription";
export const ORGANIZATION_PAYS = "require-organization-subscription";

/** What of tenant.yaml the rehearsed logins use. */
export interface Fixtures {
  /** Identifier and scopes of the API. */
  readonly audience: string;
  readonly apiScopes: readonly string[];
  /** The single-page application: its name, and where it is called back. */
  readonly spa: { readonly name: string; readonly callback: string };
  readonly database: string;
  readonly roles: readonly { readonly name: string; readonly scopes: readonly string[] }[];
  /** Scopes of the API that no token carries before they are paid for. */
  readonly paidScopes: readonly string[];
  /** Scopes that no token of an organization's machine carries before the organization pays for them. */
  readonly organizationPaidScopes: readonly string[];
  /** The machine-to-machine application, if there is one. */
  readonly worker?: Worker;
  /** What runs at a login, and what when a machine gets a token, in order. */
  readonly actions: readonly string[];
  readonly machineActions: readonly string[];
  /** An Action's setting. */
  readonly setting: (action: string, name: string) => string | undefined;
}

/** A machine, as its grant for the API has it. */
export interface Worker {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Whether it can, or must, name an organization that its token is for. */
  readonly organizations: "deny" | "allow" | "require";
  readonly anyOrganization: boolean;
}

/**
 * Pure. The first API and the first public client with code and PKCE are it; callbacks that end in a slash come first,
 * because openid-client reads them as URLs, which end so.
 *
 * @param document tenant.yaml with its keywords filled
 * @param paidScopes what stripe.json lists
 * @throws {CommandError} REHEARSAL_FIXTURES_INCOMPLETE
 */
export function readFixtures(document: TenantDocument, paidScopes: readonly string[] = []): Fixtures {
  const api = document.resourceServers?.[0];
  const spa = document.clients?.find(
    (client) =>
      client.token_endpoint_auth_method === "none" &&
      client.grant_types?.includes("authorization_code") &&
      client.grant_types.includes("refresh_token"),
  );
  const callback = spa?.callbacks?.find((url) => URL.canParse(url) && new URL(url).href === url);
  const database = document.databases?.find(({ enabled_clients: clients }) => spa && clients?.includes(spa.name));
  if (api === undefined) throw incomplete("an API (resourceServers)");
  if (spa === undefined || callback === undefined) {
    throw incomplete("a public client (token_endpoint_auth_method: none) with code, refresh tokens and a callback URL");
  }
  if (database === undefined) throw incomplete(`a database that ${spa.name} may use (enabled_clients)`);
  const grant = document.clientGrants?.find(
    ({ client_id, audience }) => client_id !== undefined && audience === api.identifier,
  );
  const listBound = (trigger: string) => (document.triggers?.[trigger] ?? []).map((binding) => binding.action_name);
  const actions = listBound("post-login");
  const machineActions = listBound("credentials-exchange");
  return {
    audience: api.identifier,
    apiScopes: (api.scopes ?? []).map(({ value }) => value),
    spa: { name: spa.name, callback },
    database: database.name,
    roles: (document.roles ?? []).map(({ name, permissions = [] }) => ({
      name,
      scopes: permissions
        .filter((permission) => permission.resource_server_identifier === api.identifier)
        .map((permission) => permission.permission_name),
    })),
    ...(grant?.client_id !== undefined && { worker: readWorker(grant.client_id, grant) }),
    paidScopes: actions.includes(PAY) ? paidScopes : [],
    organizationPaidScopes: machineActions.includes(ORGANIZATION_PAYS) ? paidScopes : [],
    actions,
    machineActions,
    setting: (action, name) =>
      document.actions?.find((candidate) => candidate.name === action)?.secrets?.find((secret) => secret.name === name)
        ?.value,
  };
}

function readWorker(name: string, grant: NonNullable<TenantDocument["clientGrants"]>[number]): Worker {
  const { scope: scopes = [], organization_usage: usage, allow_any_organization: any } = grant;
  const organizations = usage === "allow" || usage === "require" ? usage : "deny";
  return { name, scopes, organizations, anyOrganization: any === true };
}

function incomplete(what: string): CommandError {
  return new CommandError(
    "REHEARSAL_FIXTURES_INCOMPLETE",
    `Nobody can log in to what was deployed: tenant.yaml lacks ${what}.`,
  );
}
