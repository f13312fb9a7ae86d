import type { TenantDatabase } from "../../../tenant/document.ts";
import type { Update } from "../../plan/change.ts";
import type { WriteContext } from "../../write/context.ts";
import { splitInto } from "../../write/split-into.ts";
import { checkClientReference, findClientId, labelClient } from "../client/references.ts";
import type { PlanSides, Wanted } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import type { Members } from "../record/record-kind.ts";
import { tryEach } from "../refuse-entry.ts";

export interface LiveDatabase extends LiveRecord {
  readonly enabledClientIds: readonly string[];
}

/** Auth0 docs, Management API: PATCH /connections/{id}/clients takes at most 50 clients. */
const CLIENTS_PER_WRITE = 50;

/** The clients that may use a database: ids; of a client that this deploy is to make, its name. */
export const enabledClients: Members<LiveDatabase, string> = {
  path: "enabled_clients",
  label: "clients",
  findWanted(entry, { client }) {
    const references = (entry as TenantDatabase).enabled_clients;
    return references && [...new Set(references.map((reference) => findClientId(reference, client) ?? reference))];
  },
  listPresent: ({ enabledClientIds }) => enabledClientIds,
  render: (id, { client }) => labelClient(id, client),
  // A client that tenant.yaml does not have was enabled by somebody for a reason that is not ours to judge.
  isOurs: (id, { document }, { client }) =>
    (document.clients ?? []).some(({ name }) => name === labelClient(id, client)),
  add: (change, ids, context) => switchClients(change, ids, true, context),
  remove: (change, ids, context) => switchClients(change, ids, false, context),
};

export function checkEnabledClients({ entry, path }: Wanted, sides: PlanSides): void {
  tryEach((entry as TenantDatabase).enabled_clients ?? [], (reference, index) =>
    checkClientReference(reference, [...path, "enabled_clients", index], sides),
  );
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
