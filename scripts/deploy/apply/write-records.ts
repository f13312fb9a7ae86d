import { ManagementError } from "auth0";
import { CommandError } from "../../command.ts";
import { compareFields } from "../compare/compare-fields.ts";
import type { Fields, LiveTenant } from "../live/live-tenant.ts";
import type { Change, Update } from "../plan/change.ts";
import { type ApplyContext, report } from "./context.ts";
import { widenScopes } from "./narrow-scopes.ts";
import { accessRecord } from "./record-types.ts";
import { addPermissions, removePermissions, switchClients } from "./write-access.ts";

/**
 * Updates of everything but Actions, through the SDK: one PATCH with what differs, then what is added to roles and
 * databases. The Deploy CLI would write every field of every record again, and take a role's permissions away first.
 *
 * @throws CommandError PLAN_STALE
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
  const patch = widenScopes(change, live);
  if (Object.keys(patch).length === 0) return;
  const former = readFields(change, live);
  await checkUnchanged(change, patch, former, context);
  context.undo.record(`${change.type} ${change.name}`, () => restore(change, patch, former, context));
  await accessRecord(change.type, context.management).patch(change.id, patch);
}

/** Two deploys at once: whoever comes second to a record sees it here, and has not written over it. */
async function checkUnchanged(
  { type, id, name }: Update,
  patch: Fields,
  former: Fields,
  { management }: ApplyContext,
): Promise<void> {
  const present = (await accessRecord(type, management).read(id)) as Fields;
  const [now, then] = [pick(patch, present), pick(patch, former)];
  const moved = new Set([...compareFields(now, then), ...compareFields(then, now)].map(({ path }) => path));
  if (moved.size === 0) return;
  throw new CommandError(
    "PLAN_STALE",
    `Somebody changed ${type} ${name} (${[...moved].join(", ")}) since it was planned. Plan again when that is done.`,
  );
}

/** Puts back what was there, unless it is there already or somebody else has written it since. */
async function restore(
  { type, id }: Update,
  patch: Fields,
  former: Fields,
  { management }: ApplyContext,
): Promise<void> {
  const access = accessRecord(type, management);
  const present = (await access.read(id)) as Fields;
  if (compareFields(pick(patch, former), present).length === 0) return;
  if (compareFields(patch, present).length > 0) throw new Error("somebody else has written it since");
  try {
    await access.patch(
      id,
      renderFormer(patch, former, () => null),
    );
  } catch (error) {
    // Not every field can be removed: those are emptied.
    if (!(error instanceof ManagementError) || error.statusCode !== 400) throw error;
    await access.patch(id, renderFormer(patch, former, emptyLike));
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

function pick(patch: Fields, record: Fields): Fields {
  return Object.fromEntries(Object.keys(patch).map((name) => [name, record[name]]));
}

/** The values that the patched fields had, and for those that were not there what Auth0 takes for it. */
function renderFormer(patch: Fields, former: Fields, absent: (like: unknown) => unknown): Fields {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [name, former[name] ?? absent(value)] as const),
  );
}

function emptyLike(value: unknown): unknown {
  if (typeof value === "boolean") return false;
  if (Array.isArray(value)) return [];
  if (typeof value === "string") return "";
  return typeof value === "object" && value !== null ? {} : null;
}
