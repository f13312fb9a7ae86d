import type { Role } from "../../state/role.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import { type Endpoint, type EndpointRequest, endpoint, ok } from "../endpoint.ts";
import { getAsked } from "../get-asked.ts";
import { CHECKPOINT_QUERY } from "../paging.ts";
import { getRole } from "../records/role.ts";
import { text } from "../schema.ts";
import { renderEffectiveRoles } from "./render.ts";

interface EffectiveRolesOptions {
  /** Of whom they are: `/users/:id`. */
  readonly owner: `/${string}`;
  readonly scopes: { readonly roles: string; readonly groups: string };
  /** @throws {ManagementError} 404: there is no such user, or member */
  readonly listRoles: (params: EndpointRequest["params"]) => readonly Role[];
}

/** The roles of a user, or of a member of an organization, with what they come from. There are no groups. */
export const listEffectiveRoles = (
  state: Pick<TenantState, "roles">,
  { owner, scopes, listRoles }: EffectiveRolesOptions,
): readonly Endpoint[] => [
  endpoint({
    method: "GET",
    path: `${owner}/effective-roles`,
    scopes: [scopes.roles],
    query: CHECKPOINT_QUERY,
    handle: ({ params, query }) => ok(renderEffectiveRoles(listRoles(params), query)),
  }),
  endpoint({
    method: "GET",
    path: `${owner}/effective-roles/sources/groups`,
    scopes: [scopes.groups],
    query: { ...CHECKPOINT_QUERY, role_id: text("ID of the role.") },
    handle: ({ params, query }) => {
      listRoles(params);
      getRole(state, getAsked(query, "role_id"));
      return ok({ groups: [] });
    },
  }),
];
