import { newId } from "../../ids.ts";
import { changeAssignments } from "../../permissions.ts";
import type { Role } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Tenant } from "../../tenant.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { getRole } from "../records/role.ts";
import { renderRole } from "./render.ts";

interface RoleBody {
  readonly name?: string;
  readonly description?: string;
}

export const roles: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/roles",
    scopes: ["read:roles"],
    query: {
      ...PAGE_QUERY,
      ...FIELDS_QUERY,
      name_filter: { type: "string", description: "Optional filter on name (case-insensitive)." },
      type: { type: "string", enum: ["tenant", "organization"] },
      owner_id: { type: "string" },
    },
    handle: ({ query }) => {
      // Roles of an organization are not implemented: whoever asks for those gets none, not the tenant's.
      const isAskingForOthers = query.type === "organization" || query.owner_id !== undefined;
      const filter = typeof query.name_filter === "string" ? query.name_filter.toLowerCase() : "";
      const found = isAskingForOthers
        ? []
        : tenant.state.roles.filter((role) => role.name.toLowerCase().includes(filter));
      const shown = found.map((role) => selectFields(renderRole(role), query));
      return ok(renderList("roles", shown, query));
    },
  }),

  endpoint<Required<Pick<RoleBody, "name">> & RoleBody>({
    method: "POST",
    path: "/roles",
    scopes: ["create:roles"],
    body: "CreateRoleRequestContent",
    handle: ({ body }) => {
      checkNameIsFree(tenant.state, body.name);
      const id = newId.role();
      const { name, description } = body;
      const role: Role = { id, name, ...(description !== undefined && { description }), permissions: [] };
      return ok(renderRole(tenant.state.roles.set(id, role)));
    },
  }),

  endpoint({
    method: "GET",
    path: "/roles/:id",
    scopes: ["read:roles"],
    handle: ({ params }) => ok(renderRole(getRole(tenant.state, params.id))),
  }),

  endpoint<RoleBody>({
    method: "PATCH",
    path: "/roles/:id",
    scopes: ["update:roles"],
    body: "UpdateRoleRequestContent",
    handle: ({ params, body }) => {
      const role = getRole(tenant.state, params.id);
      if (body.name !== undefined) checkNameIsFree(tenant.state, body.name, role.id);
      return ok(renderRole(tenant.state.roles.set(role.id, { ...role, ...body })));
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/roles/:id",
    scopes: ["delete:roles"],
    handle: ({ params }) => {
      const { id } = getRole(tenant.state, params.id);
      tenant.state.roles.delete(id);
      takeRoleFromUsers(tenant, id);
      return ok({});
    },
  }),
];

function checkNameIsFree({ roles }: Pick<TenantState, "roles">, name: string, except?: string): void {
  if (roles.find((role) => role.name === name && role.id !== except) !== undefined) {
    throw new ManagementError(409, "The role already exists.");
  }
}

function takeRoleFromUsers(tenant: Pick<Tenant, "state">, roleId: string): void {
  for (const { user_id } of tenant.state.assignments.filter(({ roles }) => roles.includes(roleId))) {
    changeAssignments(tenant, user_id, ({ roles }) => ({ roles: roles.filter((id) => id !== roleId) }));
  }
  for (const member of tenant.state.organizationMembers.filter(({ roles }) => roles.includes(roleId))) {
    tenant.state.organizationMembers.set(member.id, {
      ...member,
      roles: member.roles.filter((id) => id !== roleId),
    });
  }
}
