import type { ManagementClient } from "auth0";
import { collect, page, take } from "../collect.ts";
import { ARROW } from "./members.ts";
import { getEntryId } from "./removals.ts";

/** By the label of the list: takes one member, by its name in tenant.yaml, from an organization. */
const REMOVALS: Readonly<
  Record<string, (management: ManagementClient, id: string, member: string) => Promise<unknown>>
> = {
  async connection({ organizations }, id, member) {
    const rows = await collect(organizations.enabledConnections.list(id, page()));
    const found = rows.find(({ connection }) => connection?.name === member);
    return organizations.enabledConnections.delete(id, found?.connection_id ?? member);
  },
  async "client-grant"({ organizations, clients }, id, member) {
    const rows = await collect(organizations.clientGrants.list(id, page()));
    const names = await readNames(clients);
    const found = rows.find(({ client_id = "" }) => client_id === member || names.get(client_id) === member);
    return organizations.clientGrants.delete(id, found?.id ?? member);
  },
  async "discovery-domain"({ organizations }, id, member) {
    const rows = await collect(organizations.discoveryDomains.list(id, take()));
    return organizations.discoveryDomains.delete(id, rows.find(({ domain }) => domain === member)?.id ?? member);
  },
  async client({ organizations, clients }, id, member) {
    const names = await readNames(clients);
    const found = [...names].find(([, name]) => name === member)?.[0] ?? member;
    return organizations.clients.delete(id, { clients: [found] });
  },
};

async function readNames(clients: ManagementClient["clients"]): Promise<ReadonlyMap<string, string>> {
  const rows = await collect(clients.list({ ...page(), fields: "client_id,name", include_fields: true }));
  return new Map(rows.map(({ client_id = "", name = "" }) => [client_id, name]));
}

/** @param name as listLosses has it */
export async function removeMember(management: ManagementClient, name: string): Promise<void> {
  const [owner = "", rest = ""] = name.split(ARROW);
  const [label = "", ...words] = rest.split(" ");
  const id = await getEntryId("organization", management, owner);
  await REMOVALS[label]?.(management, id, words.join(" "));
}
