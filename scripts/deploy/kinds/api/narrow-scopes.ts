import type { Change, Update } from "../../plan/change.ts";
import type { WriteContext } from "../../write/context.ts";
import { collect, page } from "../collect.ts";
import type { Fields, LiveRecord } from "../live-record.ts";

interface Scope {
  readonly value: string;
}

/**
 * The patch of an API with all scopes that it has: Auth0 takes a scope that an API loses from every role and every user at
 * once, and nobody can list those users to give it back. So scopes go when everything else is live and verified.
 */
export function widenScopes(change: Update, record: LiveRecord): Fields {
  const dropped = listDropped(change, record);
  if (dropped.length === 0) return change.patch;
  const { scopes, ...rest } = change.patch as { readonly scopes: readonly Scope[] };
  const isMore = change.fields.some(({ path, after }) => path.startsWith("scopes[") && after !== undefined);
  return isMore ? { ...rest, scopes: [...scopes, ...dropped] } : rest;
}

/** Whether this is all that is left of a change whose scopes were widened. */
export function isNarrowing(change: Change): boolean {
  return (
    change.operation === "update" &&
    change.fields.every(({ path, after }) => path.startsWith("scopes[") && after === undefined)
  );
}

/** Drops the scopes that tenant.yaml no longer has. */
export async function narrowScopes(
  changes: readonly Change[],
  present: readonly LiveRecord[],
  context: WriteContext,
): Promise<void> {
  const { resourceServers } = context.management;
  for (const change of changes) {
    const record = present.find((candidate) => change.operation === "update" && candidate.id === change.id);
    if (change.operation !== "update" || record === undefined) continue;
    const dropped = new Set(listDropped(change, record).map(({ value }) => value));
    await recordLostPermissions(change.name, dropped, context);
    const write = async (scopes: unknown) => {
      await resourceServers.update(change.id, { scopes: scopes as Scope[] });
    };
    context.undo.record(`scopes of ${change.name}`, () => write(record.fields.scopes));
    await write(change.patch.scopes);
    for (const scope of dropped) {
      context.undo.noteIrreversible(`${scope} of ${change.name} (users who had it directly have lost it)`);
    }
    context.report(change);
  }
}

function listDropped({ patch }: Update, { fields }: LiveRecord): readonly Scope[] {
  if (patch.scopes === undefined) return [];
  const kept = new Set((patch.scopes as readonly Scope[]).map(({ value }) => value));
  return ((fields.scopes ?? []) as readonly Scope[]).filter(({ value }) => !kept.has(value));
}

/** What roles lose with the scopes. Their permissions are read here if tenant.yaml does not have them. */
async function recordLostPermissions(
  identifier: string,
  dropped: ReadonlySet<string>,
  { management, desired, tenant, undo }: WriteContext,
): Promise<void> {
  const { permissions } = management.roles;
  const named = new Set((desired.document.roles ?? []).map(({ name }) => name));
  for (const role of tenant.role.filter(({ name }) => !named.has(name))) {
    const rows = await collect(permissions.list(role.id, page()));
    const lost = rows
      .map(({ permission_name = "", resource_server_identifier = "" }) => ({
        permission_name,
        resource_server_identifier,
      }))
      .filter((row) => row.resource_server_identifier === identifier && dropped.has(row.permission_name));
    if (lost.length === 0) continue;
    undo.record(`permissions of ${role.name}`, async () => {
      await permissions.add(role.id, { permissions: lost });
    });
  }
}
