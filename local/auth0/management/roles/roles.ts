import { newId } from "../../ids.ts";
import type { Role } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { FIELDS_QUERY, PAGE_QUERY, renderList, selectFields } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { getRole } from "../records/role.ts";
import { removeRole } from "./remove.ts";
import { renderRole } from "./render.ts";

type RoleBody = Partial<Pick<Role, "name" | "description" | "type" | "owner_id">>;

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
      const filter = typeof query.name_filter === "string" ? query.name_filter.toLowerCase() : "";
      const found = tenant.state.roles.filter(
        ({ name, type = "tenant", owner_id }) =>
          name.toLowerCase().includes(filter) &&
          (query.type === undefined || query.type === type) &&
          (query.owner_id === undefined || query.owner_id === owner_id),
      );
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
      checkOwner(tenant.state, body);
      const id = newId.role();
      return ok(renderRole(tenant.state.roles.set(id, { id, ...body, permissions: [] })));
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
      removeRole(tenant, getRole(tenant.state, params.id).id);
      return ok({});
    },
  }),
];

/** An organization's role names it, and the tenant's none. Our words. */
function checkOwner(state: Pick<TenantState, "organizations">, { type = "tenant", owner_id }: RoleBody): void {
  if (type === "organization" && owner_id === undefined) {
    throw new ManagementError(400, "Payload validation error: 'Missing required property: owner_id'.", "invalid_body");
  }
  if (type === "tenant" && owner_id !== undefined) {
    throw new ManagementError(400, "owner_id is of roles of type organization alone", "invalid_body");
  }
  if (owner_id !== undefined) getOrganization(state, owner_id);
}

function checkNameIsFree({ roles }: Pick<TenantState, "roles">, name: string, except?: string): void {
  if (roles.find((role) => role.name === name && role.id !== except) !== undefined) {
    throw new ManagementError(409, "The role already exists.");
  }
}
