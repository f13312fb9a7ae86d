import { CommandError, EXIT } from "../../command.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { KINDS } from "../kinds/table.ts";
import type { Desired } from "./desired.ts";

/**
 * Auth0 gives ids, and gives each once: an id in tenant.yaml is good for one tenant, and for the thing of that name in it. The
 * Deploy CLI would look for the id, and write over whatever it finds.
 *
 * @throws {CommandError} ID_UNKNOWN, naming every one
 */
export function checkIds(desired: Desired, live: LiveTenant): void {
  const problems = KINDS.flatMap((kind) => {
    const { type, section, idField = "id" } = kind;
    return kind.listWanted(desired).flatMap(({ name, entry }) => {
      const id = entry[idField];
      if (id === undefined || live[type].some((item) => item.name === name && item.id === id)) return [];
      return [`  ${section}: ${type} "${name}" has ${idField}: ${String(id)}`];
    });
  });
  if (problems.length === 0) return;
  throw new CommandError(
    "ID_UNKNOWN",
    `Nothing was sent: these ids of tenant.yaml are not those of ${live.domain}:\n${problems.join("\n")}\nTake them out; what is there already is found by its name.`,
    { exitCode: EXIT.usage },
  );
}
