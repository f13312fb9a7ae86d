import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import type { Change } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";

/**
 * The part of tenant.yaml that does not exist in the tenant yet and that the Deploy CLI is to create: of the kinds that do
 * not do so themselves. Undefined when there is none.
 */
export function selectHandOver(
  changes: readonly Change[],
  desired: Desired,
  tenant: LiveTenant,
): Readonly<Record<string, unknown>> | undefined {
  const selected = KINDS.filter((kind) => kind.create === undefined).flatMap((kind) => {
    const created = new Set(
      changes.filter(({ operation, type }) => operation === "create" && type === kind.type).map(({ name }) => name),
    );
    const entries = kind.listWanted(desired, tenant).filter(({ name }) => created.has(name));
    return entries.length === 0 ? [] : [[kind.section, entries.map(({ entry }) => entry)] as const];
  });
  return selected.length === 0 ? undefined : Object.fromEntries(selected);
}
