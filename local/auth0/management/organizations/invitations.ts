import { randomAlphanumeric } from "../../ids.ts";
import type { Invitation, Organization } from "../../state/organization.ts";
import type { TenantState } from "../../state/tenant-state.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { FIELDS_QUERY, PAGE_QUERY, selectFields, slicePage } from "../paging.ts";
import { getOrganization } from "../records/organization.ts";
import { getRole } from "../records/role.ts";
import { checkDepth, sortRecords } from "../search/sort.ts";

interface InviteBody {
  readonly inviter: Invitation["inviter"];
  readonly invitee: Invitation["invitee"];
  readonly client_id: string;
  readonly connection_id?: string;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
  readonly ttl_sec?: number;
  readonly roles?: readonly string[];
  readonly send_invitation_email?: boolean;
}

const WEEK_IN_SECONDS = 604_800;

export const organizationInvitations: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/organizations/:id/invitations",
    scopes: ["read:organization_invitations"],
    query: { ...PAGE_QUERY, ...FIELDS_QUERY, sort: { type: "string" } },
    handle: ({ params, query }) => {
      const { id } = getOrganization(tenant.state, params.id);
      checkDepth(query);
      const found = tenant.state.invitations.filter(({ organization_id }) => organization_id === id);
      const sorted = typeof query.sort === "string" ? sortRecords(found, query.sort) : found;
      const { rows, start, limit } = slicePage(sorted, query);
      const invitations = rows.map((invitation) => selectFields(renderInvitation(invitation), query));
      // Unlike every other list, this one has no total even where one is asked for.
      return ok(query.include_totals === true ? { invitations, start, limit } : invitations);
    },
  }),
  endpoint<InviteBody>({
    method: "POST",
    path: "/organizations/:id/invitations",
    summary: "Create invitations to an organization",
    scopes: ["create:organization_invitations"],
    body: "CreateOrganizationInvitationRequestContent",
    handle: ({ params, body }) => {
      const organization = getOrganization(tenant.state, params.id);
      for (const roleId of body.roles ?? []) getRole(tenant.state, roleId);
      if (body.connection_id !== undefined && !tenant.state.connections.has(body.connection_id)) {
        throw new ManagementError(404, "No connection found by that id");
      }
      const invitation = toInvitation(tenant, organization, body);
      if (body.send_invitation_email !== false) {
        tenant.log(`${invitation.id}: accept the invitation to ${organization.name} at ${invitation.invitation_url}`);
      }
      return created(renderInvitation(tenant.state.invitations.set(invitation.id, invitation)));
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:id/invitations/:invitationId",
    scopes: ["read:organization_invitations"],
    query: FIELDS_QUERY,
    handle: ({ params, query }) => {
      const invitation = getInvitation(tenant.state, params.id, params.invitationId);
      return ok(selectFields(renderInvitation(invitation), query));
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/organizations/:id/invitations/:invitationId",
    summary: "Delete an invitation to an organization",
    scopes: ["delete:organization_invitations"],
    handle: ({ params }) => {
      tenant.state.invitations.delete(getInvitation(tenant.state, params.id, params.invitationId).id);
      return NO_CONTENT;
    },
  }),
];

/** No mail leaves this tenant: the link that it would carry is in the server's log. */
function toInvitation(
  { clock, state }: Pick<Tenant, "clock" | "state">,
  organization: Organization,
  body: InviteBody,
): Invitation {
  const client = getOr404(state.clients.get(body.client_id), "The client does not exist", "inexistent_client");
  const login = client.initiate_login_uri ?? state.settings.get("tenant")?.default_redirection_uri;
  if (typeof login !== "string" || !URL.canParse(login)) {
    const message =
      "A default login route is required to generate the invitation url. Set the client's initiate_login_uri, see https://auth0.com/docs/authenticate/login/auth0-universal-login/configure-default-login-routes";
    throw new ManagementError(400, message, "invalid_body");
  }
  const ticket_id = randomAlphanumeric(32);
  const url = new URL(login);
  url.searchParams.set("invitation", ticket_id);
  url.searchParams.set("organization", organization.id);
  url.searchParams.set("organization_name", organization.name);
  const now = clock();
  const { inviter, invitee, client_id, connection_id, app_metadata, user_metadata, roles = [] } = body;
  return {
    id: `uinv_${randomAlphanumeric(16)}`,
    organization_id: organization.id,
    inviter,
    invitee,
    invitation_url: url.href,
    ticket_id,
    client_id,
    ...(connection_id !== undefined && { connection_id }),
    ...(app_metadata !== undefined && { app_metadata }),
    ...(user_metadata !== undefined && { user_metadata }),
    roles,
    created_at: isoTime(now),
    expires_at: isoTime(
      now + (body.ttl_sec === undefined || body.ttl_sec === 0 ? WEEK_IN_SECONDS : body.ttl_sec) * 1000,
    ),
  };
}

function getInvitation(
  state: Pick<TenantState, "invitations" | "organizations">,
  organizationId: string | undefined,
  invitationId = "",
): Invitation {
  const { id } = getOrganization(state, organizationId);
  const invitation = state.invitations.get(invitationId);
  if (invitation?.organization_id !== id) {
    throw new ManagementError(404, "The invitation does not exist.", "inexistent_invitation");
  }
  return invitation;
}

function renderInvitation({ roles, ...shown }: Invitation): object {
  return roles.length === 0 ? shown : { ...shown, roles };
}
