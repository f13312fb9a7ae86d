import type { TenantState } from "../../state/tenant-state.ts";
import type { User } from "../../state/user.ts";
import { userIdOf } from "../../state/user-keys.ts";
import { linkUsers, unlinkIdentity } from "../../users/link-users.ts";
import { profileDataOf } from "../../users/profile.ts";
import { created, endpoint, ok, type Resource } from "../endpoint.ts";
import { getOr404, ManagementError } from "../error.ts";
import { getUser } from "../records/user.ts";

interface LinkBody {
  readonly provider: string;
  /** With or without the provider in front. */
  readonly user_id: string | number;
  readonly connection_id?: string;
}

export const userIdentities: Resource = (tenant) => [
  endpoint<LinkBody>({
    method: "POST",
    path: "/users/:id/identities",
    summary: "Link a user account",
    scopes: ["update:users"],
    body: "LinkUserIdentityRequestContent",
    handle: ({ params, body }) => {
      const primary = getUser(tenant.state, params.id);
      const secondary = getSecondary(tenant.state, primary, body);
      linkUsers(tenant, primary, secondary);
      return created(renderIdentities(getUser(tenant.state, primary.user_id)));
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/users/:id/identities/:provider/:userId",
    summary: "Unlink a user identity",
    scopes: ["update:users"],
    handle: ({ params }) => {
      const user = getUser(tenant.state, params.id);
      const index = user.identities.findIndex(
        ({ provider, user_id }) => provider === params.provider && user_id === params.userId,
      );
      const identity = getOr404(user.identities[index], "The user identity does not exist.");
      if (index === 0) throw new ManagementError(400, "The primary identity of a user cannot be unlinked.");
      unlinkIdentity(tenant, user, identity);
      return ok(renderIdentities(getUser(tenant.state, user.user_id)));
    },
  }),
];

function getSecondary(
  state: Pick<TenantState, "connections" | "users">,
  primary: User,
  { provider, user_id, connection_id }: LinkBody,
): User {
  const given = String(user_id);
  const id = given.startsWith(`${provider}|`) ? given : `${provider}|${given}`;
  if (primary.identities.some((identity) => userIdOf(identity) === id)) {
    throw new ManagementError(400, "Main account and specified linked account can not be the same.");
  }
  const secondary = getUser(state, id);
  const connection = connection_id === undefined ? undefined : state.connections.get(connection_id);
  if (connection_id !== undefined && connection?.name !== secondary.identities[0]?.connection) {
    throw new ManagementError(404, "The user does not exist.", "inexistent_user");
  }
  return secondary;
}

/** These two answers show the profile of every identity, the user's own included. */
function renderIdentities(user: User): readonly unknown[] {
  return user.identities.map((identity, index) => ({
    profileData: index === 0 ? profileDataOf(user) : identity.profileData,
    connection: identity.connection,
    user_id: identity.user_id,
    provider: identity.provider,
    isSocial: identity.isSocial,
  }));
}
