import type { TenantRole } from "../../tenant/document.ts";
import { compareFields, type FieldChange } from "../compare/compare-fields.ts";
import type { LiveRole, LiveTenant, Permission } from "../live/live-tenant.ts";
import type { Change } from "./change.ts";
import type { Desired } from "./desired.ts";
import { buildPatch, omit } from "./patch.ts";
import { describeNew, planRecord } from "./plan-records.ts";

/** Who may do what: client grants, roles with their permissions, clients enabled for a connection. */
export function planAccess(desired: Desired, live: LiveTenant): readonly Change[] {
  return [...planClientGrants(desired, live), ...planRoles(desired, live), ...planDatabases(desired, live)];
}

function planClientGrants({ document }: Desired, live: LiveTenant): readonly Change[] {
  return (document.clientGrants ?? []).flatMap((grant) => {
    const name = `${grant.client_id} → ${grant.audience}`;
    const clientId = live.clients.find((client) => client.name === grant.client_id)?.id;
    const present = live.clientGrants.find(
      (candidate) => candidate.clientId === clientId && candidate.audience === grant.audience,
    );
    const fields = { scope: grant.scope ?? [] };
    return planRecord(
      "client-grant",
      name,
      present?.id,
      fields,
      present === undefined ? undefined : { scope: present.scope },
    );
  });
}

function planRoles({ document }: Desired, live: LiveTenant): readonly Change[] {
  return (document.roles ?? []).flatMap((role) => {
    const present = live.roles.find((candidate) => candidate.name === role.name);
    return present === undefined ? planNewRole(role) : planRole(role, present);
  });
}

function planNewRole(role: TenantRole): readonly Change[] {
  const fields = describeNew(omit(role, "name", "permissions"));
  const permissions = (role.permissions ?? []).map((permission) => describePermission(permission, "add"));
  return [{ operation: "create", type: "role", name: role.name, fields: [...fields, ...permissions] }];
}

function planRole(role: TenantRole, present: LiveRole): readonly Change[] {
  const wantedFields = omit(role, "name", "permissions");
  const fields = compareFields(wantedFields, present.fields);
  const wanted = role.permissions ?? [];
  const add = wanted.filter((permission) => !includes(present.permissions, permission));
  const remove = present.permissions.filter((permission) => !includes(wanted, permission));
  if (fields.length + add.length + remove.length === 0) return [];
  return [
    {
      operation: "update",
      type: "role",
      name: role.name,
      id: present.id,
      fields: [
        ...fields,
        ...add.map((permission) => describePermission(permission, "add")),
        ...remove.map((permission) => describePermission(permission, "remove")),
      ],
      patch: buildPatch(fields, wantedFields, present.fields),
      ...(add.length + remove.length === 0 ? {} : { amend: { kind: "permissions", add, remove } }),
    },
  ];
}

function includes(permissions: readonly Permission[], wanted: Permission): boolean {
  return permissions.some(
    (permission) =>
      permission.permission_name === wanted.permission_name &&
      permission.resource_server_identifier === wanted.resource_server_identifier,
  );
}

function describePermission(permission: Permission, operation: "add" | "remove"): FieldChange {
  const text = `${permission.permission_name} on ${permission.resource_server_identifier}`;
  return operation === "add"
    ? { path: "permissions", before: undefined, after: text }
    : { path: "permissions", before: text, after: undefined };
}

function planDatabases({ document }: Desired, live: LiveTenant): readonly Change[] {
  return (document.databases ?? []).flatMap((database): readonly Change[] => {
    const fields = omit(database, "name", "strategy", "enabled_clients");
    const present = live.databases.find((candidate) => candidate.name === database.name);
    const wanted = database.enabled_clients ?? [];
    if (present === undefined) {
      const all = describeNew({ ...fields, enabled_clients: wanted });
      return [{ operation: "create", type: "database", name: database.name, fields: all }];
    }
    const nameOf = (id: string) => live.clients.find((client) => client.id === id)?.name ?? id;
    const enabled = present.enabledClientIds.map(nameOf);
    const managed = new Set((document.clients ?? []).map((client) => client.name));
    const enable = wanted.filter((name) => !enabled.includes(name));
    // A client that tenant.yaml does not have was enabled by somebody for a reason that is not ours to judge.
    const disable = enabled.filter((name) => managed.has(name) && !wanted.includes(name));
    const changed = compareFields(fields, present.fields);
    if (changed.length + enable.length + disable.length === 0) return [];
    return [
      {
        operation: "update",
        type: "database",
        name: database.name,
        id: present.id,
        fields: [
          ...changed,
          ...enable.map((name) => ({ path: "enabled_clients", before: undefined, after: name })),
          ...disable.map((name) => ({ path: "enabled_clients", before: name, after: undefined })),
        ],
        patch: buildPatch(changed, fields, present.fields),
        ...(enable.length + disable.length === 0 ? {} : { amend: { kind: "enabled-clients", enable, disable } }),
      },
    ];
  });
}
