import { CommandError } from "../../command.ts";
import type { TenantDocument } from "../../tenant/document.ts";

const PAY = "require-subscription";

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
  /** The machine-to-machine application with its scopes on the API, if there is one. */
  readonly worker?: { readonly name: string; readonly scopes: readonly string[] };
  /** What runs at a login, in order. */
  readonly actions: readonly string[];
  /** An Action's setting. */
  readonly setting: (action: string, name: string) => string | undefined;
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
  const grant = document.clientGrants?.find(({ audience }) => audience === api.identifier);
  const actions = (document.triggers?.["post-login"] ?? []).map((binding) => binding.action_name);
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
    ...(grant && { worker: { name: grant.client_id, scopes: grant.scope ?? [] } }),
    paidScopes: actions.includes(PAY) ? paidScopes : [],
    actions,
    setting: (action, name) =>
      document.actions?.find((candidate) => candidate.name === action)?.secrets?.find((secret) => secret.name === name)
        ?.value,
  };
}

function incomplete(what: string): CommandError {
  return new CommandError(
    "REHEARSAL_FIXTURES_INCOMPLETE",
    `Nobody can log in to what was deployed: tenant.yaml lacks ${what}.`,
  );
}
