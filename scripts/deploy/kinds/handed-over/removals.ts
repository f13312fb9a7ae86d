import type { ManagementClient } from "auth0";
import { collect } from "../collect.ts";
import type { Fields } from "../live-record.ts";
import { nameEntry } from "./entries.ts";
import { findSpec, type HandedOverType } from "./specs.ts";

/** Deletes what a plan named, which was there when it was made. */
export async function removeEntry(type: HandedOverType, management: ManagementClient, name: string): Promise<void> {
  const removal = findSpec(type)?.removal;
  if (removal === undefined) throw new Error(`nobody can delete a ${type}`);
  await removal.delete(management, await getEntryId(type, management, name));
}

/** The id of the one with this name. */
export async function getEntryId(type: HandedOverType, management: ManagementClient, name: string): Promise<string> {
  const { identity, removal } = findSpec(type) ?? {};
  const { list, idField = "id" } = removal ?? {};
  const rows = list === undefined ? [] : ((await collect(list(management))) as readonly Fields[]);
  const found = rows.find((row) => identity === undefined || nameEntry(identity, row) === name);
  if (found === undefined) throw new Error(`${type} ${name} is to be deleted, and is not there any more`);
  return String(found[idField]);
}
