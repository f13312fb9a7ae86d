import type { Warning } from "../../plan/change.ts";
import type { LiveTenant } from "../live-tenant.ts";

/**
 * Clients that are there already and get a connection besides: whoever has an account in it can log in to them from now on.
 *
 * @param clients names of all that get it; of those that are made at the same time nothing is said
 */
export function warnOfEnabled(
  connection: { readonly type: string; readonly name: string },
  clients: readonly string[],
  { client: present }: Pick<LiveTenant, "client">,
): readonly Warning[] {
  return clients
    .filter((client) => present.some(({ name }) => name === client))
    .map((client) => ({
      code: "PROTECTION_WEAKENED",
      message: `enabled_clients of ${connection.type} ${connection.name}: people can log in to ${client} with it.`,
    }));
}
