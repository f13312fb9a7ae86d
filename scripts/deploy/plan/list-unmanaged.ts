import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import type { Unmanaged } from "./change.ts";
import type { Desired } from "./desired.ts";

/** What the tenant has and tenant.yaml does not name. */
export function listUnmanaged(desired: Desired, live: LiveTenant): readonly Unmanaged[] {
  return KINDS.flatMap((kind) => {
    const wanted = new Set(kind.listWanted(desired, live).map(({ name }) => name));
    return live[kind.type]
      .filter(({ name, isSystem }) => isSystem !== true && !wanted.has(name))
      .map((item) => {
        const note = kind.noteUnmanaged?.(item, desired);
        return { type: kind.type, name: item.name, ...(note !== undefined && { note }) };
      });
  });
}
