import type { Management } from "auth0";
import { closed, TEXT } from "../../../tenant/schema/closed-fields.ts";
import { omit } from "../../compare/patch.ts";
import { collect, page } from "../collect.ts";
import type { Kind, TenantReader } from "../kind.ts";
import { createRecordKind } from "../record/record-kind.ts";
import { scopesOf } from "../scopes.ts";
import { checkPermissions, type LiveRole, listPermissions, permissions } from "./permissions.ts";
import { warnOfPermissions } from "./warn.ts";

/** In the words of the Deploy CLI's format, and what its exports show besides. */
const PERMISSION = {
  permission_name: TEXT,
  resource_server_identifier: TEXT,
  resource_server_name: TEXT,
  description: TEXT,
};

export const role: Kind<"role", LiveRole> = createRecordKind({
  type: "role",
  section: "roles",
  created: { type: "CreateRoleRequestContent" },
  identity: ["name"],
  declared: {
    requests: ["CreateRoleRequestContent", "UpdateRoleRequestContent"],
    answer: "Role",
    listAdded: () => closed({ permissions: { type: ["array"], items: closed(PERMISSION) } }),
  },
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
