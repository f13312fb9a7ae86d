import type { TenantRole } from "../../../tenant/document.ts";
import type { WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import { splitInto } from "../../write/split-into.ts";
import { checkApiReference } from "../api/references.ts";
import type { PlanSides, Wanted } from "../kind.ts";
import type { LiveRecord } from "../live-record.ts";
import type { Members } from "../record/record-kind.ts";
import { tryEach } from "../refuse-entry.ts";

export interface Permission {
  readonly permission_name: string;
  readonly resource_server_identifier: string;
}

export interface LiveRole extends LiveRecord {
  readonly permissions: readonly Permission[];
}

/** Well below what a body may be, and one request for every role that a person would review. */
const PERMISSIONS_PER_WRITE = 100;

/** What a role gives, each a scope of an API. */
export const permissions: Members<LiveRole, Permission> = {
  path: "permissions",
  label: "permissions",
  findWanted: (entry) => (entry as TenantRole).permissions,
  listPresent: (record) => record.permissions,
  render: ({ permission_name, resource_server_identifier }) => `${permission_name} on ${resource_server_identifier}`,
  async add({ id, name }, added, context) {
    const { add, remove } = writerOf(id, context);
    for (const part of splitInto(added, PERMISSIONS_PER_WRITE)) {
      context.undo.record(`permissions of ${name}`, () => remove(part));
      // Adding what is there already changes nothing, so a lost answer is followed by the same request.
      await settlePost(
        () => add(part).then(() => true),
        async () => undefined,
      );
    }
  },
  async remove({ id, name }, removed, context) {
    const { add, remove } = writerOf(id, context);
    for (const part of splitInto(removed, PERMISSIONS_PER_WRITE)) {
      context.undo.record(`permissions of ${name}`, () => add(part));
      await remove(part);
    }
  },
};

export function listPermissions({ name, entry, path }: Wanted): readonly Pick<Wanted, "name" | "path">[] {
  return ((entry as TenantRole).permissions ?? []).map(({ permission_name, resource_server_identifier }, index) => ({
    name: `${name}, ${permission_name} on ${resource_server_identifier}`,
    path: [...path, "permissions", index],
  }));
}

/** A permission is a scope of an API: of tenant.yaml, or of the tenant. */
export function checkPermissions({ entry, path }: Wanted, _records: readonly LiveRole[], sides: PlanSides): void {
  const wanted = (entry as TenantRole).permissions ?? [];
  tryEach(wanted, ({ permission_name: scope, resource_server_identifier: audience }, index) =>
    checkApiReference({ audience, scopes: [scope], path: [...path, "permissions", index] }, sides),
  );
}

function writerOf(id: string, { management }: WriteContext) {
  const { permissions: api } = management.roles;
  return {
    add: async (part: Permission[]): Promise<void> => {
      await api.add(id, { permissions: part });
    },
    remove: async (part: Permission[]): Promise<void> => {
      await api.delete(id, { permissions: part });
    },
  };
}
