import type { Identity, User } from "../../state/user.ts";
import type { Tenant } from "../../tenant.ts";
import { isoTime } from "../../timestamps.ts";
import { deleteUser } from "../../users/delete-user.ts";
import { defaultProfile, profileDataOf, userIdOf } from "../../users/profile.ts";
import { created, endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { getUser } from "../records/user.ts";
import { LINK_IDENTITY } from "./schema.ts";

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
    body: LINK_IDENTITY,
    handle: ({ params, body }) => {
      const primary = getUser(tenant, params.id ?? "");
      const secondary = getSecondary(tenant, primary, body);
      return created(renderIdentities(linkUsers(tenant, primary, secondary)));
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/users/:id/identities/:provider/:userId",
    summary: "Unlink a user identity",
    scopes: ["update:users"],
    handle: ({ params }) => {
      const user = getUser(tenant, params.id ?? "");
      const index = user.identities.findIndex(
        ({ provider, user_id }) => provider === params.provider && user_id === params.userId,
      );
      const identity = user.identities[index];
      if (identity === undefined) throw new ManagementError(404, "The user identity does not exist.");
      if (index === 0) throw new ManagementError(400, "The primary identity of a user cannot be unlinked.");
      return ok(renderIdentities(unlinkIdentity(tenant, user, identity)));
    },
  }),
];

function getSecondary(tenant: Tenant, primary: User, { provider, user_id, connection_id }: LinkBody): User {
  const given = String(user_id);
  const id = given.startsWith(`${provider}|`) ? given : `${provider}|${given}`;
  if (primary.identities.some((identity) => userIdOf(identity) === id)) {
    throw new ManagementError(400, "Main account and specified linked account can not be the same.");
  }
  const secondary = getUser(tenant, id);
  const connection = connection_id === undefined ? undefined : tenant.state.connections.get(connection_id);
  if (connection_id !== undefined && connection?.name !== secondary.identities[0]?.connection) {
    throw new ManagementError(404, "The user does not exist.", "inexistent_user");
  }
  return secondary;
}

/** The second user becomes an identity of the first: what it had besides its account (metadata, roles) is gone. */
function linkUsers(tenant: Tenant, primary: User, secondary: User): User {
  const passwords = secondary.identities.flatMap((identity) => tenant.state.passwords.get(userIdOf(identity)) ?? []);
  const [first, ...linkedBefore] = secondary.identities;
  deleteUser(tenant, secondary.user_id);
  // The identity can still log in with its password, now as the first user.
  for (const password of passwords) tenant.state.passwords.set(password.id, password);
  return tenant.state.users.set(primary.user_id, {
    ...primary,
    identities: [
      ...primary.identities,
      ...(first === undefined ? [] : [{ ...first, profileData: profileDataOf(secondary) }]),
      ...linkedBefore,
    ],
    updated_at: isoTime(tenant.clock()),
  });
}

/** The identity becomes a user of its own again, with the profile that it had. */
function unlinkIdentity(tenant: Tenant, user: User, identity: Identity): User {
  const now = isoTime(tenant.clock());
  const { profileData = {}, ...own } = identity;
  const user_id = userIdOf(identity);
  const separate = { ...defaultProfile(profileData), ...profileData, user_id, identities: [own] };
  tenant.state.users.set(user_id, { ...separate, created_at: now, updated_at: now });
  const identities = user.identities.filter((other) => other !== identity);
  return tenant.state.users.set(user.user_id, { ...user, identities, updated_at: now });
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
