import type { TenantDocument } from "../../tenant/document.ts";
import type { Change, ResourceType } from "../plan/change.ts";

/**
 * What is created by the Deploy CLI, and under which name it knows it. Clients are not (create-clients.ts), nor Actions:
 * it would wait for their builds in steps of two seconds, and deploy each before the next is built (write-actions.ts).
 */
const SECTIONS = {
  api: "resourceServers",
  "client-grant": "clientGrants",
  role: "roles",
  database: "databases",
} as const satisfies Partial<Record<ResourceType, keyof TenantDocument>>;

/**
 * The part of tenant.yaml that does not exist in the tenant yet and that the Deploy CLI is to create; undefined when there
 * is none.
 */
export function selectHandOver(
  changes: readonly Change[],
  document: TenantDocument,
): Readonly<Record<string, unknown>> | undefined {
  const selected: Record<string, unknown[]> = {};
  for (const [type, section] of Object.entries(SECTIONS)) {
    const created = new Set(
      changes.filter((change) => change.operation === "create" && change.type === type).map(({ name }) => name),
    );
    const rows = (document[section] ?? []).filter((row) => created.has(nameOf(type, row)));
    if (rows.length > 0) selected[section] = rows;
  }
  return Object.keys(selected).length === 0 ? undefined : selected;
}

/** As the plan names them. */
function nameOf(type: string, row: Readonly<Record<string, unknown>>): string {
  if (type === "api") return String(row.identifier);
  return type === "client-grant" ? `${row.client_id} → ${row.audience}` : String(row.name);
}
