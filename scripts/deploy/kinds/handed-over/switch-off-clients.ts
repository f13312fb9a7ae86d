import type { Change } from "../../plan/change.ts";
import type { WriteContext } from "../../write/context.ts";
import { splitInto } from "../../write/split-into.ts";
import { findClientId } from "../client/references.ts";
import { getEntryId } from "./removals.ts";

/** Auth0 docs, Management API: PATCH /connections/{id}/clients takes at most 50 clients. */
const CLIENTS_PER_WRITE = 50;

/** The Deploy CLI writes nothing for a connection whose list of clients is empty, and reports success. */
export async function switchOffClients(changes: readonly Change[], context: WriteContext): Promise<void> {
  const { management, tenant, undo } = context;
  for (const { operation, type, name, fields } of changes) {
    const emptied = fields.find(
      ({ path, after }) => path === "enabled_clients" && Array.isArray(after) && after.length === 0,
    );
    if (operation !== "update" || type !== "connection" || !Array.isArray(emptied?.before)) continue;
    const id = await getEntryId("connection", management, name);
    const clients = emptied.before.map((client) => findClientId(String(client), tenant.client) ?? String(client));
    for (const part of splitInto(clients, CLIENTS_PER_WRITE)) {
      const write = async (status: boolean) => {
        await management.connections.clients.update(
          id,
          part.map((client_id) => ({ client_id, status })),
        );
      };
      undo.record(`clients of ${name}`, () => write(true));
      await write(false);
    }
  }
}
