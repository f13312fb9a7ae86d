import type { TenantAction, TenantDocument } from "../tenant/document.ts";

/** What `tenant:grants` exports; see types/tenant-grants.d.ts. */
export interface Grants {
  readonly apiScopes: readonly string[];
  readonly roleScopes: Readonly<Record<string, readonly string[]>>;
}

/** The text of the Action's API_IDENTIFIER in the tenant file; a keyword stays one, so that a bundle fits every environment. */
export function findApiIdentifier(action: TenantAction): string | undefined {
  return action.secrets?.find(({ name }) => name === "API_IDENTIFIER")?.value;
}

/**
 * Who may do what on the API that the Action's API_IDENTIFIER names, or undefined when the tenant file has no such API.
 * Texts are compared as they stand in the file. Sorted, so that moving lines around changes no bundle.
 */
export function planGrants(document: TenantDocument, action: TenantAction): Grants | undefined {
  const identifier = findApiIdentifier(action);
  const api = document.resourceServers?.find((server) => server.identifier === identifier);
  if (identifier === undefined || api === undefined) return undefined;
  const roleScopes = (document.roles ?? []).map(({ name, permissions = [] }): [string, string[]] => {
    const onApi = permissions.filter((permission) => permission.resource_server_identifier === identifier);
    return [name, sortUnique(onApi.map((permission) => permission.permission_name))];
  });
  return {
    apiScopes: sortUnique((api.scopes ?? []).map(({ value }) => value)),
    roleScopes: Object.fromEntries(roleScopes.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const sortUnique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** A role may be called `__proto__`: as a JSON text that is an own key, in an object literal it would be the prototype. */
export function renderGrants({ apiScopes, roleScopes }: Grants): string {
  const roles = Object.entries(roleScopes).map(
    ([name, scopes]) => `  [${JSON.stringify(name)}]: ${JSON.stringify(scopes)},`,
  );
  return `export const apiScopes = ${JSON.stringify(apiScopes)};\nexport const roleScopes = {\n${roles.join("\n")}\n};\n`;
}
