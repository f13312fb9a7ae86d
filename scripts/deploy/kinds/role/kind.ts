import type { Management } from "auth0";
import { omit } from "../../compare/patch.ts";
import { collect, page } from "../collect.ts";
import type { Kind, TenantReader } from "../kind.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { scopesOf } from "../scopes.ts";
import { checkPermissions, type LiveRole, listPermissions, permissions } from "./permissions.ts";
import { warnOfPermissions } from "./warn.ts";

export const role: Kind<"role", LiveRole> = createRecordKind({
  type: "role",
  section: "roles",
  scopes: scopesOf("roles"),
  fieldsOf: (entry) => omit(entry, "name", "permissions"),
  list: ({ roles }) => roles.list(page()),
  toLive,
  get: ({ roles }, id) => roles.get(id),
  toBody: async (entry) => omit(entry, "permissions"),
  post: ({ roles }, body) => roles.create(body as unknown as Management.CreateRoleRequestContent),
  patch: ({ roles }, id, fields) => roles.update(id, fields as Management.UpdateRoleRequestContent),
  delete: ({ roles }, id) => roles.delete(id),
  check: checkPermissions,
  listParts: listPermissions,
  members: permissions,
  warn: warnOfPermissions,
});

/** Permissions, a request each, are read of those roles only that tenant.yaml names. */
async function toLive(
  { id = "", name = "", ...fields }: Management.Role,
  { document, management }: TenantReader,
): Promise<LiveRole> {
  const isNamed = (document.roles ?? []).some((wanted) => wanted.name === name);
  const rows = isNamed ? await collect(management.roles.permissions.list(id, page())) : [];
  return {
    id,
    name,
    fields,
    permissions: rows.map(({ permission_name = "", resource_server_identifier = "" }) => ({
      permission_name,
      resource_server_identifier,
    })),
  };
}
