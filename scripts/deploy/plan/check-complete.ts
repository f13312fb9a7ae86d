import { findMissing } from "../../tenant/schema/find-missing.ts";
import { findRequired } from "../../tenant/schema/schemas.ts";
import { type Path, renderPath } from "../../tenant/shape.ts";
import type { Kind } from "../kinds/kind.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { refuseEntry, tryEach } from "../kinds/refuse-entry.ts";
import type { Change } from "./change.ts";
import type { Desired } from "./desired.ts";

/**
 * Auth0 takes less of what is there already than of what it is to make, and would refuse a new entry in the middle of a deploy.
 *
 * @throws {CommandError} ENTRY_INCOMPLETE, naming every place
 */
export function checkComplete(
  { type, section, listWanted }: Pick<Kind, "type" | "section" | "listWanted">,
  changes: readonly Change[],
  desired: Desired,
  live: LiveTenant,
): void {
  const schema = findRequired(section);
  const made = new Set(changes.filter(({ operation }) => operation === "create").map(({ name }) => name));
  if (schema === undefined || made.size === 0) return;
  const lacking = listWanted(desired, live)
    .filter(({ name }) => made.has(name))
    .flatMap(({ name, entry, path }) =>
      groupByParent(findMissing(schema, entry)).map((missing) => ({ name, path, missing })),
    );
  tryEach(lacking, ({ name, path, missing: [first = [], ...others] }) => {
    const members = [first, ...others].map(renderPath).join(", ");
    throw refuseEntry(
      desired,
      [...path, ...first.slice(0, -1)],
      "ENTRY_INCOMPLETE",
      `${type} "${name}" is new, and Auth0 makes none without ${members}. Add what is missing.`,
    );
  });
}

/** Members that are missing in one mapping are said in one line. */
function groupByParent(paths: readonly Path[]): readonly (readonly Path[])[] {
  const parentOf = (path: Path) => renderPath(path.slice(0, -1));
  const parents = [...new Set(paths.map(parentOf))];
  return parents.map((parent) => paths.filter((path) => parentOf(path) === parent));
}
