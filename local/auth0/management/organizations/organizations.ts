import { newId } from "../../ids.ts";
import type { Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { withoutNulls } from "../merge.ts";
import { CHECKPOINT_QUERY, PAGE_QUERY, renderList } from "../paging.ts";
import { getOrganization, getOrganizationByName } from "../records/organization.ts";
import { removeRole } from "../roles/remove.ts";
import { sortRecords } from "../search/sort.ts";
import { addConnection, type ConnectionBody } from "./connection.ts";
import { renderOrganization } from "./render.ts";

interface OrganizationBody extends Readonly<Record<string, unknown>> {
  readonly name?: string;
  readonly display_name?: string;
  readonly enabled_connections?: readonly ConnectionBody[];
}

export const organizations: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/organizations",
    scopes: ["read:organizations", "read:organizations_summary"],
    query: {
      ...PAGE_QUERY,
      ...CHECKPOINT_QUERY,
      sort: { type: "string", description: "Field to sort by. Use field:order where order is 1 or -1." },
      // Adds to the rows what a client may use them for; the rows here have no such member.
      include_client_association_for: { type: "string" },
    },
    handle: ({ query }) => {
      const all = tenant.state.organizations.values();
      const sorted = typeof query.sort === "string" ? sortRecords(all, query.sort) : all;
      return ok(renderList("organizations", sorted.map(renderOrganization), query));
    },
  }),

  endpoint<OrganizationBody>({
    method: "POST",
    path: "/organizations",
    summary: "Create an Organization",
    scopes: ["create:organizations", "create:organization_connections"],
    body: "CreateOrganizationRequestContent",
    handle: ({ body }) => {
      const { enabled_connections, name = "", ...rest } = body;
      checkNameIsFree(tenant.state, name);
      const organization: Organization = { id: newId.organization(), display_name: name, ...rest, name };
      tenant.state.organizations.set(organization.id, organization);
      const added = (enabled_connections ?? []).map((entry) => addConnection(tenant.state, organization.id, entry));
      const shown = renderOrganization(organization) as object;
      return created(added.length === 0 ? shown : { ...shown, enabled_connections: added });
    },
  }),

  endpoint({
    method: "GET",
    path: "/organizations/name/:name",
    scopes: ["read:organizations"],
    handle: ({ params }) => ok(renderOrganization(getOrganizationByName(tenant.state, params.name))),
  }),

  endpoint({
    method: "GET",
    path: "/organizations/:id",
    scopes: ["read:organizations", "read:organizations_summary"],
    handle: ({ params }) => ok(renderOrganization(getOrganization(tenant.state, params.id))),
  }),

  endpoint<OrganizationBody>({
    method: "PATCH",
    path: "/organizations/:id",
    summary: "Modify an Organization",
    scopes: ["update:organizations"],
    body: "UpdateOrganizationRequestContent",
    handle: ({ params, body }) => {
      const organization = getOrganization(tenant.state, params.id);
      if (body.name !== undefined) checkNameIsFree(tenant.state, body.name, organization.id);
      return ok(
        renderOrganization(tenant.state.organizations.set(organization.id, withoutNulls({ ...organization, ...body }))),
      );
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/organizations/:id",
    summary: "Delete organization",
    scopes: ["delete:organizations"],
    handle: ({ params }) => {
      const { id } = getOrganization(tenant.state, params.id);
      for (const role of tenant.state.roles.filter(({ owner_id }) => owner_id === id)) removeRole(tenant, role.id);
      deleteOrganization(tenant.state, id);
      return NO_CONTENT;
    },
  }),
];

function checkNameIsFree({ organizations }: Pick<TenantState, "organizations">, name: string, except?: string): void {
  if (organizations.find((one) => one.name === name && one.id !== except) !== undefined) {
    throw new ManagementError(409, "An organization with this name already exists.");
  }
}

/** With everything that belonged to it. */
function deleteOrganization(state: TenantState, id: string): void {
  const belonging = [
    state.organizationMembers,
    state.organizationConnections,
    state.organizationClientGrants,
    state.organizationClients,
    state.discoveryDomains,
    state.invitations,
  ];
  for (const collection of belonging) collection.deleteWhere(({ organization_id }) => organization_id === id);
  state.organizations.delete(id);
}
