import type { TenantDatabase } from "../../../tenant/document.ts";
import type { Update } from "../../plan/change.ts";
import type { WriteContext } from "../../write/context.ts";
import { splitInto } from "../../write/split-into.ts";
import type { LiveRecord } from "../live-record.ts";
import type { LiveTenant } from "../live-tenant.ts";
import type { Members } from "../record/record-kind.ts";

export interface LiveDatabase extends LiveRecord {
  readonly enabledClientIds: readonly string[];
}

/** Auth0 docs, Management API: PATCH /connections/{id}/clients takes at most 50 clients. */
const CLIENTS_PER_WRITE = 50;

/** The clients that may use a database: ids; of a client that this deploy is to make, its name. */
export const enabledClients: Members<LiveDatabase, string> = {
  path: "enabled_clients",
  label: "clients",
  findWanted: (entry, { client }) =>
    (entry as TenantDatabase).enabled_clients?.map(
      (name) => client.find((candidate) => candidate.name === name)?.id ?? name,
    ),
  listPresent: ({ enabledClientIds }) => enabledClientIds,
  render: nameOf,
  // A client that tenant.yaml does not have was enabled by somebody for a reason that is not ours to judge.
  isOurs: (id, { document }, tenant) => (document.clients ?? []).some(({ name }) => name === nameOf(id, tenant)),
  add: (change, ids, context) => switchClients(change, ids, true, context),
  remove: (change, ids, context) => switchClients(change, ids, false, context),
};

function nameOf(id: string, { client }: Pick<LiveTenant, "client">): string {
  return client.find((candidate) => candidate.id === id)?.name ?? id;
}

async function switchClients(
  { id, name }: Update,
  clientIds: readonly string[],
  status: boolean,
  { management, undo }: WriteContext,
): Promise<void> {
  for (const part of splitInto(clientIds, CLIENTS_PER_WRITE)) {
    const write = async (to: boolean) => {
      await management.connections.clients.update(
        id,
        part.map((client_id) => ({ client_id, status: to })),
      );
    };
    undo.record(`clients of ${name}`, () => write(!status));
    await write(status);
  }
}
