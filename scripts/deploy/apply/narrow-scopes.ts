import type { Fields, LiveTenant, Permission } from "../live/live-tenant.ts";
import type { Change, Update } from "../plan/change.ts";
import { type ApplyContext, report } from "./context.ts";
import { accessRecord } from "./record-types.ts";

interface Scope {
  readonly value: string;
}

/**
 * The patch of an API with all scopes that it has: Auth0 takes a scope that an API loses from every role and every user at
 * once, and nobody can list those users to give it back. So scopes go when everything else is live and verified.
 */
export function widenScopes(change: Update, live: LiveTenant): Fields {
  const dropped = listDropped(change, live);
  if (dropped.length === 0) return change.patch;
  const { scopes, ...rest } = change.patch as { readonly scopes: readonly Scope[] };
  const isMore = change.fields.some(({ path, after }) => path.startsWith("scopes[") && after !== undefined);
  return isMore ? { ...rest, scopes: [...scopes, ...dropped] } : rest;
}

/** Whether this is all that is left of a change whose scopes were widened. */
export function isNarrowing(change: Change): boolean {
  return (
    change.operation === "update" &&
    change.type === "api" &&
    change.fields.every(({ path, after }) => path.startsWith("scopes[") && after === undefined)
  );
}

/** Drops the scopes that tenant.yaml no longer has. */
export async function narrowScopes(
  changes: readonly Change[],
  live: LiveTenant,
  context: ApplyContext,
): Promise<boolean> {
  const narrowing = changes.filter((change): change is Update => isNarrowing(change));
  for (const change of narrowing) {
    const dropped = new Set(listDropped(change, live).map(({ value }) => value));
    await recordLostPermissions(change.name, dropped, live, context);
    const access = accessRecord("api", context.management);
    const former = live.apis.find(({ id }) => id === change.id)?.fields.scopes;
    context.undo.record(`scopes of ${change.name}`, async () => {
      await access.patch(change.id, { scopes: former });
    });
    await access.patch(change.id, { scopes: change.patch.scopes });
    report(context, `dropped ${[...dropped].join(", ")} from ${change.name}`);
  }
  return narrowing.length > 0;
}

function listDropped(change: Update, live: LiveTenant): readonly Scope[] {
  if (change.type !== "api" || change.patch.scopes === undefined) return [];
  const kept = new Set((change.patch.scopes as readonly Scope[]).map(({ value }) => value));
  const present = (live.apis.find(({ id }) => id === change.id)?.fields.scopes ?? []) as readonly Scope[];
  return present.filter(({ value }) => !kept.has(value));
}

/** What roles lose with the scopes. Their permissions are read here if tenant.yaml does not have them. */
async function recordLostPermissions(
  identifier: string,
  dropped: ReadonlySet<string>,
  live: LiveTenant,
  { management, document, undo }: ApplyContext,
): Promise<void> {
  const { permissions } = management.roles;
  const named = new Set((document.roles ?? []).map(({ name }) => name));
  for (const role of live.roles.filter(({ name }) => !named.has(name))) {
    const lost: Permission[] = [];
    for await (const { permission_name = "", resource_server_identifier = "" } of await permissions.list(role.id, {
      per_page: 100,
    })) {
      if (resource_server_identifier === identifier && dropped.has(permission_name))
        lost.push({ permission_name, resource_server_identifier });
    }
    if (lost.length === 0) continue;
    undo.record(`permissions of ${role.name}`, async () => {
      await permissions.add(role.id, { permissions: lost });
    });
  }
}
