/** Fields of a record as the Management API answers them. */
export type Fields = Readonly<Record<string, unknown>>;

/** A tenant as it was read, reduced to the kinds of resources that tenant.yaml has. Ids are the tenant's. */
export interface LiveTenant {
  readonly domain: string;
  readonly settings: Fields;
  readonly apis: readonly LiveApi[];
  readonly clients: readonly LiveClient[];
  readonly clientGrants: readonly LiveClientGrant[];
  readonly roles: readonly LiveRole[];
  readonly databases: readonly LiveDatabase[];
  readonly actions: readonly LiveAction[];
  /** By trigger, in execution order. Triggers without bindings may be missing. */
  readonly bindings: Readonly<Record<string, readonly LiveBinding[]>>;
}

export interface LiveApi {
  readonly id: string;
  readonly identifier: string;
  readonly name: string;
  readonly isSystem: boolean;
  readonly fields: Fields;
}

export interface LiveClient {
  readonly id: string;
  /** Not unique at Auth0. */
  readonly name: string;
  readonly fields: Fields;
}

export interface LiveClientGrant {
  readonly id: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scope: readonly string[];
}

export interface LiveRole {
  readonly id: string;
  readonly name: string;
  readonly fields: Fields;
  readonly permissions: readonly Permission[];
}

export interface Permission {
  readonly permission_name: string;
  readonly resource_server_identifier: string;
}

export interface LiveDatabase {
  readonly id: string;
  readonly name: string;
  readonly fields: Fields;
  readonly enabledClientIds: readonly string[];
}

export interface LiveAction {
  readonly id: string;
  readonly name: string;
  readonly triggers: readonly { readonly id: string; readonly version: string }[];
  readonly draft: ActionContent & { readonly status: string };
  /** What runs at logins; missing until the first deploy. */
  readonly live?: ActionContent & { readonly versionId: string; readonly number: number; readonly since: string };
}

export interface ActionContent {
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  /** Names and dates; Auth0 never returns values. */
  readonly secrets: readonly { readonly name: string; readonly updatedAt: string }[];
}

export interface LiveBinding {
  readonly id: string;
  readonly actionId: string;
  readonly actionName: string;
  readonly displayName: string;
}
