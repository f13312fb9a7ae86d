import type { EnabledClientsAmendment, PermissionAmendment, Update } from "../plan/change.ts";
import type { ApplyContext } from "./context.ts";
import { settlePost } from "./settle-post.ts";

/** Auth0 docs, Management API: PATCH /connections/{id}/clients takes at most 50 clients. */
const CLIENTS_PER_WRITE = 50;
/** Well below what a body may be, and one request for every role that a person would review. */
const PERMISSIONS_PER_WRITE = 100;

export async function addPermissions(
  change: Update,
  { add }: PermissionAmendment,
  context: ApplyContext,
): Promise<void> {
  const { permissions } = context.management.roles;
  for (const part of cut(add, PERMISSIONS_PER_WRITE)) {
    context.undo.record(`permissions of ${change.name}`, async () => {
      await permissions.delete(change.id, { permissions: part });
    });
    // Adding what is there already changes nothing, so a lost answer is followed by the same request.
    const send = async () => {
      await permissions.add(change.id, { permissions: part });
      return true;
    };
    await settlePost(send, async () => undefined);
  }
}

export async function removePermissions(
  change: Update,
  { remove }: PermissionAmendment,
  context: ApplyContext,
): Promise<void> {
  const { permissions } = context.management.roles;
  for (const part of cut(remove, PERMISSIONS_PER_WRITE)) {
    context.undo.record(`permissions of ${change.name}`, async () => {
      await permissions.add(change.id, { permissions: part });
    });
    await permissions.delete(change.id, { permissions: part });
  }
}

export async function switchClients(
  change: Update,
  names: EnabledClientsAmendment["enable"],
  status: boolean,
  { management, undo }: ApplyContext,
): Promise<void> {
  if (names.length === 0) return;
  const wanted = new Set(names);
  const ids: string[] = [];
  for await (const { client_id, name } of await management.clients.list({ per_page: 100, fields: "client_id,name" })) {
    if (client_id !== undefined && name !== undefined && wanted.has(name)) ids.push(client_id);
  }
  for (const part of cut(ids, CLIENTS_PER_WRITE)) {
    const rows = (to: boolean) => part.map((client_id) => ({ client_id, status: to }));
    undo.record(`clients of ${change.name}`, async () => {
      await management.connections.clients.update(change.id, rows(!status));
    });
    await management.connections.clients.update(change.id, rows(status));
  }
}

function cut<T>(list: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
