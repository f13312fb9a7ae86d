import type { Management } from "auth0";
import type { Fields, LiveTenant } from "../live/live-tenant.ts";
import type { Change, EnabledClientsAmendment, PermissionAmendment, Update } from "../plan/change.ts";
import { type ApplyContext, report } from "./context.ts";
import { settlePost } from "./settle-post.ts";

type Patch = Readonly<Record<string, unknown>>;

/**
 * Updates of everything but Actions, through the SDK: one PATCH with what differs, then what is added to roles and
 * databases. The Deploy CLI would write every field of every record again, and take a role's permissions away first.
 */
export async function writeRecords(changes: readonly Change[], live: LiveTenant, context: ApplyContext): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "update" || change.type === "action") continue;
    await writePatch(change, live, context);
    if (change.amend?.kind === "permissions") await addPermissions(change, change.amend, context);
    if (change.amend?.kind === "enabled-clients") await switchClients(change, change.amend.enable, true, context);
    report(context, `updated ${change.type} ${change.name}`);
  }
}

/** What takes something away from users comes last, after all that may fail. */
export async function removeAccess(changes: readonly Change[], context: ApplyContext): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "update") continue;
    if (change.amend?.kind === "permissions") await removePermissions(change, change.amend, context);
    if (change.amend?.kind === "enabled-clients") await switchClients(change, change.amend.disable, false, context);
  }
}

async function writePatch(change: Update, live: LiveTenant, context: ApplyContext): Promise<void> {
  if (Object.keys(change.patch).length === 0) return;
  const send = (patch: Patch) => sendPatch(change, patch, context);
  context.undo.record(`${change.type} ${change.name}`, () =>
    send(renderFormer(change.patch, readFields(change, live))),
  );
  await send(change.patch);
}

async function sendPatch({ type, id }: Update, patch: Patch, { management }: ApplyContext): Promise<void> {
  switch (type) {
    case "tenant":
      await management.tenants.settings.update(patch as Management.UpdateTenantSettingsRequestContent);
      return;
    case "api":
      await management.resourceServers.update(id, patch as Management.UpdateResourceServerRequestContent);
      return;
    case "client":
      await management.clients.update(id, patch as Management.UpdateClientRequestContent);
      return;
    case "client-grant":
      await management.clientGrants.update(id, patch as Management.UpdateClientGrantRequestContent);
      return;
    case "role":
      await management.roles.update(id, patch as Management.UpdateRoleRequestContent);
      return;
    case "database":
      await management.connections.update(id, patch as Management.UpdateConnectionRequestContent);
      return;
    default:
      throw new Error(`${type} is not written as a record`);
  }
}

function readFields({ type, id }: Update, live: LiveTenant): Fields {
  if (type === "tenant") return live.settings;
  const grant = live.clientGrants.find((candidate) => candidate.id === id);
  if (grant !== undefined) return { scope: grant.scope };
  return (
    [...live.apis, ...live.clients, ...live.roles, ...live.databases].find((record) => record.id === id)?.fields ?? {}
  );
}

/** The values that the patched fields had. What was not there gets the value that Auth0 takes for "not there". */
function renderFormer(patch: Patch, fields: Fields): Patch {
  return Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, fields[name] ?? emptyLike(value)]));
}

function emptyLike(value: unknown): unknown {
  if (typeof value === "boolean") return false;
  if (Array.isArray(value)) return [];
  if (typeof value === "string") return "";
  return typeof value === "object" && value !== null ? {} : null;
}

async function addPermissions(change: Update, { add }: PermissionAmendment, context: ApplyContext): Promise<void> {
  if (add.length === 0) return;
  const { permissions } = context.management.roles;
  context.undo.record(`permissions of ${change.name}`, async () => {
    await permissions.delete(change.id, { permissions: [...add] });
  });
  // Adding what is there already changes nothing, so a lost answer is followed by the same request.
  const send = async () => {
    await permissions.add(change.id, { permissions: [...add] });
    return true;
  };
  await settlePost(send, async () => undefined);
}

async function removePermissions(
  change: Update,
  { remove }: PermissionAmendment,
  context: ApplyContext,
): Promise<void> {
  if (remove.length === 0) return;
  const { permissions } = context.management.roles;
  context.undo.record(`permissions of ${change.name}`, async () => {
    await permissions.add(change.id, { permissions: [...remove] });
  });
  await permissions.delete(change.id, { permissions: [...remove] });
}

async function switchClients(
  change: Update,
  names: readonly EnabledClientsAmendment["enable"][number][],
  status: boolean,
  { management, undo }: ApplyContext,
): Promise<void> {
  if (names.length === 0) return;
  const ids: string[] = [];
  for await (const { client_id, name } of await management.clients.list({ per_page: 100, fields: "client_id,name" })) {
    if (client_id !== undefined && name !== undefined && names.includes(name)) ids.push(client_id);
  }
  const rows = (to: boolean) => ids.map((client_id) => ({ client_id, status: to }));
  undo.record(`clients of ${change.name}`, async () => {
    await management.connections.clients.update(change.id, rows(!status));
  });
  await management.connections.clients.update(change.id, rows(status));
}
