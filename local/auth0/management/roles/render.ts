import { findPermission } from "../../permissions.ts";
import type { PermissionRef, Role } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import type { Query } from "../endpoint.ts";
import { renderList } from "../paging.ts";

/** A role as its own endpoints show it: without a description where nobody gave one. */
export function renderRole({ permissions, ...role }: Role): object {
  return { type: "tenant", ...role };
}

/** A user's or member's role, as recorded: with a description in any case, and without `type`. */
export function renderRoleOfUser({ id, name, description = "" }: Role): object {
  return { id, name, description };
}

/** Roles with what they come from: there are no groups here, so each is assigned directly. */
export const renderEffectiveRoles = (roles: readonly Role[], query: Query): unknown =>
  renderList(
    "roles",
    roles.map((role) => ({ ...renderRoleOfUser(role), sources: ["direct"] })),
    { take: 50, ...query },
  );

export interface RenderedPermission extends PermissionRef {
  readonly description: string | undefined;
  readonly resource_server_name: string | undefined;
}

export function renderPermission(
  state: Pick<TenantState, "resourceServers">,
  permission: PermissionRef,
): RenderedPermission {
  const found = findPermission(state, permission);
  return {
    permission_name: permission.permission_name,
    description: found?.description,
    resource_server_name: found?.api.name,
    resource_server_identifier: permission.resource_server_identifier,
  };
}

/** A user as lists of role or organization members show one. */
export function renderMember({ user_id, email, picture, name }: User): object {
  return { user_id, email, picture, name };
}
