import type { CommandError } from "../../../command.ts";
import type { Path } from "../../../tenant/shape.ts";
import type { PlanSides } from "../kind.ts";
import { findLeftOut } from "../left-out.ts";
import type { LiveItem } from "../live-record.ts";
import { refuseEntry } from "../refuse-entry.ts";

/** The id of a client that tenant.yaml names, or has the id of; undefined when the tenant does not have it, or two of the name. */
export function findClientId(reference: string, clients: readonly LiveItem[]): string | undefined {
  const [named, ...namesakes] = clients.filter(({ name }) => name === reference);
  if (named !== undefined) return namesakes.length === 0 ? named.id : undefined;
  return clients.find(({ id }) => id === reference)?.id;
}

/** A client as plans call it: by its name, where only one has it. What the tenant does not have is called as it is. */
export function labelClient(reference: string, clients: readonly LiveItem[]): string {
  const id = findClientId(reference, clients) ?? reference;
  const client = clients.find((candidate) => candidate.id === id);
  if (client === undefined) return reference;
  return findClientId(client.name, clients) === id ? client.name : `${client.name} (${id})`;
}

/** @throws {CommandError} CLIENT_UNKNOWN, CLIENT_NAME_AMBIGUOUS */
export function checkClientReference(reference: string, path: Path, { desired, tenant }: PlanSides): void {
  if (findClientId(reference, tenant.client) !== undefined) return;
  const namesakes = tenant.client.filter(({ name }) => name === reference);
  if (namesakes.length > 1) throw refuseAmbiguous(reference, path, namesakes, desired);
  if ((desired.document.clients ?? []).some(({ name }) => name === reference)) return;
  throw refuseEntry(
    desired,
    path,
    "CLIENT_UNKNOWN",
    findLeftOut(desired, { type: "client", section: "clients", name: reference, domain: tenant.domain }) ??
      `neither tenant.yaml nor ${tenant.domain} has a client with the name or id "${reference}". Correct it, or take it out.`,
  );
}

/** Names of clients are not unique at Auth0. */
export function refuseAmbiguous(
  name: string,
  path: Path,
  namesakes: readonly LiveItem[],
  desired: PlanSides["desired"],
): CommandError {
  const ids = namesakes.map(({ id }) => id).join(", ");
  return refuseEntry(
    desired,
    path,
    "CLIENT_NAME_AMBIGUOUS",
    `the tenant has ${namesakes.length} clients named "${name}" (${ids}). Rename or delete all but the one that is in use, then plan again.`,
  );
}
