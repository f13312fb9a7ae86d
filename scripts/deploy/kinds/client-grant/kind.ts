import type { Management } from "auth0";
import type { TenantClientGrant } from "../../../tenant/document.ts";
import { omit } from "../../compare/patch.ts";
import type { WriteContext } from "../../write/context.ts";
import { checkApiReference } from "../api/references.ts";
import { checkClientReference, findClientId, labelClient } from "../client/references.ts";
import { take } from "../collect.ts";
import type { Kind, PlanSides, TenantReader, Wanted } from "../kind.ts";
import type { Fields, LiveItem, LiveRecord } from "../live-record.ts";
import { falls, isSwitchedOn, weakens } from "../protections.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { tryAll } from "../refuse-entry.ts";
import { scopesOf } from "../scopes.ts";

/** Known by its client, or the clients that it is the default for, its API and its subject_type, which Auth0 lets nobody change. */
export const clientGrant: Kind<"client-grant", LiveRecord> = createRecordKind({
  type: "client-grant",
  section: "clientGrants",
  created: { type: "CreateClientGrantRequestContent" },
  identity: ["client_id", "default_for", "audience", "subject_type"],
  declared: {
    requests: ["CreateClientGrantRequestContent", "UpdateClientGrantRequestContent"],
    answer: "ClientGrantResponseContent",
  },
  scopes: scopesOf("client_grants"),
  nameOf: (entry, { client }) => renderName(entry, client),
  fieldsOf: (entry) => omit(entry, "client_id", "default_for", "audience", "subject_type"),
  list: ({ clientGrants }) => clientGrants.list(take()),
  toLive,
  get: ({ clientGrants }, id) => clientGrants.get(id),
  toBody,
  post: ({ clientGrants }, body) => clientGrants.create(body as unknown as Management.CreateClientGrantRequestContent),
  patch: ({ clientGrants }, id, fields) =>
    clientGrants.update(id, fields as Management.UpdateClientGrantRequestContent),
  check: checkReferences,
  protections: [
    weakens(/^allow_any_organization$/, isSwitchedOn, "the client gets tokens for every organization, new ones too."),
    weakens(/^allow_all_scopes$/, isSwitchedOn, "the client gets every scope that the API has, new ones too."),
    weakens(/^organization_usage$/, falls("allow", "require"), "the client gets tokens without an organization."),
  ],
  delete: ({ clientGrants }, id) => clientGrants.delete(id),
});

async function toLive(grant: Management.ClientGrantResponseContent, reader: TenantReader): Promise<LiveRecord> {
  const { id = "", client_id, default_for, audience, subject_type, ...fields } = grant;
  return {
    id,
    name: renderName({ client_id, default_for, audience, subject_type }, await reader.read("client")),
    fields,
  };
}

function checkReferences({ entry, path }: Wanted, _records: readonly LiveRecord[], sides: PlanSides): void {
  const { client_id, audience, scope = [] } = entry as TenantClientGrant;
  const api = sides.tenant.api.find(({ name }) => name === audience);
  // Auth0 says itself which scopes its own API has, and adds some with every release.
  const scopes = api?.isSystem === true ? [] : scope;
  tryAll(
    () => client_id !== undefined && checkClientReference(client_id, [...path, "client_id"], sides),
    () => checkApiReference({ audience, scopes, path: [...path, "audience"] }, sides),
  );
}

/** tenant.yaml may have the client's name where Auth0 has its id. */
async function toBody(entry: Fields, { tenant }: WriteContext): Promise<Fields> {
  if (entry.client_id === undefined) return entry;
  const reference = String(entry.client_id);
  const id = findClientId(reference, tenant.client);
  if (id === undefined) throw new Error(`the client ${reference} was to be made, and is not there`);
  return { ...entry, client_id: id };
}

function renderName(
  { client_id, default_for, audience, subject_type = "client" }: Fields,
  clients: readonly LiveItem[],
): string {
  const whose = [
    ...(client_id === undefined ? [] : [labelClient(String(client_id), clients)]),
    ...(default_for === undefined ? [] : [`default for ${default_for}`]),
  ];
  return `${whose.join(", ")} → ${audience}${subject_type === "client" ? "" : ` (${subject_type})`}`;
}
