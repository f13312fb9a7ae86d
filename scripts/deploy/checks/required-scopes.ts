import type { TenantDocument } from "../../tenant/document.ts";
import type { DeletionRequest } from "../plan/plan-deletions.ts";

export interface RequiredScope {
  readonly scope: string;
  /** The section of tenant.yaml or the option that asks for it. */
  readonly reason: string;
}

/** What is done with the credentials: `plan` reads, `deploy` writes too. */
export type Purpose = "plan" | "deploy";

/** Every kind is read, whether tenant.yaml has it or not: what it does not have is shown as unmanaged. */
const READ = [
  "tenant_settings",
  "resource_servers",
  "clients",
  "client_grants",
  "roles",
  "connections",
  "actions",
] as const;

/**
 * Scopes of the Management API by section (Auth0 docs, Management API v2). Deploying a version and going back to one take
 * create:actions, binding takes update:actions, and a role's permissions update:roles.
 */
const WRITE: Readonly<Partial<Record<keyof TenantDocument, readonly string[]>>> = {
  tenant: ["update:tenant_settings"],
  resourceServers: ["create:resource_servers", "update:resource_servers"],
  clients: ["create:clients", "update:clients"],
  clientGrants: ["create:client_grants", "update:client_grants"],
  roles: ["create:roles", "update:roles"],
  databases: ["create:connections", "update:connections"],
  actions: ["create:actions", "update:actions"],
  triggers: ["update:actions"],
};

const DELETE: Readonly<Record<DeletionRequest["type"], string>> = {
  api: "delete:resource_servers",
  client: "delete:clients",
  "client-grant": "delete:client_grants",
  role: "delete:roles",
  database: "delete:connections",
  action: "delete:actions",
};

/** What only an operator's commands need; rolling back and unbinding take no more than a deploy. */
export const OPTIONAL_SCOPES: readonly RequiredScope[] = [{ scope: "read:logs", reason: "npm run why" }];

interface Need {
  readonly document: TenantDocument;
  readonly purpose: Purpose;
  /** Kinds that `--allow-delete` names. */
  readonly deletions?: readonly Pick<DeletionRequest, "type">[];
}

/** Pure. The least that this tenant.yaml needs, each scope once. */
export function listRequiredScopes({ document, purpose, deletions = [] }: Need): readonly RequiredScope[] {
  const read = READ.map((kind) => ({ scope: `read:${kind}`, reason: "every plan" }));
  if (purpose === "plan") return read;
  const write = Object.entries(WRITE)
    .filter(([section]) => Object.hasOwn(document, section))
    .flatMap(([section, scopes]) => scopes.map((scope) => ({ scope, reason: `${section} in tenant.yaml` })));
  const remove = deletions.map(({ type }) => ({ scope: DELETE[type], reason: `--allow-delete=${type}:…` }));
  const all = [...read, ...write, ...remove];
  return all.filter(({ scope }, index) => all.findIndex((other) => other.scope === scope) === index);
}
