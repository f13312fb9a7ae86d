import type { Change } from "../plan/change.ts";
import { type ApplyContext, report } from "./context.ts";

/** Deletes what `--allow-delete` named, after everything else went right: a deletion cannot be taken back. */
export async function deleteNamed(changes: readonly Change[], context: ApplyContext): Promise<void> {
  const { management } = context;
  for (const change of changes) {
    if (change.operation !== "delete") continue;
    const { type, id, name } = change;
    if (type === "api") await management.resourceServers.delete(id);
    else if (type === "client") await management.clients.delete(id);
    else if (type === "client-grant") await management.clientGrants.delete(id);
    else if (type === "role") await management.roles.delete(id);
    else if (type === "database") await management.connections.delete(id);
    else if (type === "action") await management.actions.delete(id);
    report(context, `deleted ${type} ${name}`);
  }
}
