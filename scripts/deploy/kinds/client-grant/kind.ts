import type { Management } from "auth0";
import { CommandError } from "../../../command.ts";
import { omit } from "../../compare/patch.ts";
import type { WriteContext } from "../../write/context.ts";
import { take } from "../collect.ts";
import type { Kind, TenantReader } from "../kind.ts";
import type { Fields, LiveRecord } from "../live-record.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { scopesOf } from "../scopes.ts";

/** Known by its client, its API and its subject_type, which Auth0 lets nobody change. */
export const clientGrant: Kind<"client-grant", LiveRecord> = createRecordKind({
  type: "client-grant",
  section: "clientGrants",
  scopes: scopesOf("client_grants"),
  nameOf: (entry) => renderName(entry.client_id, entry),
  fieldsOf: (entry) => omit(entry, "client_id", "audience", "subject_type"),
  list: ({ clientGrants }) => clientGrants.list(take()),
  toLive,
  get: ({ clientGrants }, id) => clientGrants.get(id),
  toBody,
  post: ({ clientGrants }, body) => clientGrants.create(body as unknown as Management.CreateClientGrantRequestContent),
  patch: ({ clientGrants }, id, fields) =>
    clientGrants.update(id, fields as Management.UpdateClientGrantRequestContent),
  delete: ({ clientGrants }, id) => clientGrants.delete(id),
});

async function toLive(grant: Management.ClientGrantResponseContent, reader: TenantReader): Promise<LiveRecord> {
  const { id = "", client_id, audience, subject_type, ...fields } = grant;
  const client = (await reader.read("client")).find((candidate) => candidate.id === client_id);
  return { id, name: renderName(client?.name ?? client_id, { audience, subject_type }), fields };
}

/** tenant.yaml has the client's name where Auth0 has its id; the client may have been made a moment ago. */
async function toBody(entry: Fields, { tenant, readAgain }: WriteContext): Promise<Fields> {
  const isOurs = ({ name }: LiveRecord) => name === entry.client_id;
  const client = tenant.client.find(isOurs) ?? (await readAgain("client")).find(isOurs);
  if (client !== undefined) return { ...entry, client_id: client.id };
  throw new CommandError(
    "CLIENT_UNKNOWN",
    `clientGrants in tenant.yaml names the client "${entry.client_id}", which neither tenant.yaml nor the tenant has. Correct the name.`,
  );
}

function renderName(client: unknown, { audience, subject_type = "client" }: Fields): string {
  return `${client} → ${audience}${subject_type === "client" ? "" : ` (${subject_type})`}`;
}
