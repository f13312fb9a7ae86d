import type { Management } from "auth0";
import { take } from "../collect.ts";
import type { Kind, TenantReader } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { scopesOf } from "../scopes.ts";

/** Known by the client's name and the API's identifier; what is written is its scopes. */
export const clientGrant: Kind<"client-grant", LiveRecord> = createRecordKind({
  type: "client-grant",
  section: "clientGrants",
  scopes: scopesOf("client_grants"),
  nameOf: ({ client_id, audience }) => renderName(client_id, audience),
  fieldsOf: ({ scope = [] }) => ({ scope }),
  list: ({ clientGrants }) => clientGrants.list(take()),
  toLive,
  get: ({ clientGrants }, id) => clientGrants.get(id),
  patch: ({ clientGrants }, id, fields) =>
    clientGrants.update(id, fields as Management.UpdateClientGrantRequestContent),
  delete: ({ clientGrants }, id) => clientGrants.delete(id),
});

async function toLive(
  { id = "", client_id, audience, scope = [] }: Management.ClientGrantResponseContent,
  reader: TenantReader,
): Promise<LiveRecord> {
  const clients = await reader.read("client");
  const name = renderName(clients.find((client) => client.id === client_id)?.name ?? client_id, audience);
  return { id, name, fields: { scope } };
}

function renderName(client: unknown, audience: unknown): string {
  return `${client} → ${audience}`;
}
