import { compareFields } from "../compare/compare-fields.ts";
import type { ActionContent, Fields, LiveAction, LiveTenant } from "./live-tenant.ts";

/** Auth0 moves these itself at every write. */
const MOVING = new Set(["updated_at", "created_at"]);

/**
 * Pure. What is not as it was: of everything that `before` has, each record that logins or operators would find changed,
 * with the fields. Versions are told apart by their content, since a return to an old one has a new number. What only
 * `after` has is not listed.
 */
export function listDifferences(before: LiveTenant, after: LiveTenant): readonly string[] {
  const records = (["apis", "clients", "databases", "roles"] as const).flatMap((kind) =>
    before[kind].flatMap((record) => {
      const present = after[kind].find(({ id }) => id === record.id);
      const what = `${kind.slice(0, -1)} ${record.name}`;
      return present === undefined ? [`${what} (gone)`] : render(what, compareBoth(record.fields, present.fields));
    }),
  );
  return [
    ...render("tenant settings", compareBoth(before.settings, after.settings)),
    ...records,
    ...listAccessDifferences(before, after),
    ...before.actions.flatMap((action) => {
      const present = after.actions.find(({ id }) => id === action.id);
      return present === undefined ? [`action ${action.name} (gone)`] : compareActions(action, present);
    }),
    ...Object.entries(before.bindings)
      .filter(([trigger, bindings]) => !isSame(bindings.map(nameOf), (after.bindings[trigger] ?? []).map(nameOf)))
      .map(([trigger]) => `the order of ${trigger}`),
  ];
}

function listAccessDifferences(before: LiveTenant, after: LiveTenant): readonly string[] {
  const permissionsOf = (tenant: LiveTenant, id: string) =>
    (tenant.roles.find((role) => role.id === id)?.permissions ?? [])
      .map((permission) => `${permission.permission_name} ${permission.resource_server_identifier}`)
      .sort();
  const enabledIn = (tenant: LiveTenant, id: string) =>
    [...(tenant.databases.find((database) => database.id === id)?.enabledClientIds ?? [])].sort();
  const scopesOf = (tenant: LiveTenant, id: string) =>
    [...(tenant.clientGrants.find((grant) => grant.id === id)?.scope ?? [])].sort();
  return [
    ...before.roles
      .filter(({ id }) => !isSame(permissionsOf(before, id), permissionsOf(after, id)))
      .map(({ name }) => `permissions of ${name}`),
    ...before.databases
      .filter(({ id }) => !isSame(enabledIn(before, id), enabledIn(after, id)))
      .map(({ name }) => `clients of ${name}`),
    ...before.clientGrants
      .filter(({ id }) => !isSame(scopesOf(before, id), scopesOf(after, id)))
      .map(({ id, audience }) => `client-grant ${id} for ${audience}`),
  ];
}

function compareActions(before: LiveAction, after: LiveAction): readonly string[] {
  const { live: former, draft } = before;
  const isLiveSame = isSame(contentOf(former), contentOf(after.live));
  return [
    ...(isLiveSame ? [] : [`version ${former?.number ?? "none"} of ${before.name}`]),
    ...(isSame(contentOf(draft), contentOf(after.draft)) ? [] : [`the draft of ${before.name}`]),
  ];
}

/** Without dates: a secret that came back with its version may have another. */
function contentOf(content: ActionContent | undefined): unknown {
  if (content === undefined) return undefined;
  const { code, runtime, dependencies, secrets } = content;
  return { code, runtime, dependencies, secrets: secrets.map(({ name }) => name).sort() };
}

function compareBoth(before: Fields, after: Fields): readonly string[] {
  const changed = [...compareFields(before, after), ...compareFields(after, before)].map(({ path }) => path);
  return [...new Set(changed)].filter((path) => !MOVING.has(path));
}

function render(what: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`${what}: ${paths.join(", ")}`];
}

const nameOf = ({ actionName, displayName }: { readonly actionName: string; readonly displayName: string }) =>
  `${actionName} ${displayName}`;

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
