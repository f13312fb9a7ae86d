import type { Identity, User } from "../state/user.ts";
import { userIdOf } from "../state/user-keys.ts";
import type { Tenant } from "../tenant.ts";
import { profileDataOf } from "./profile.ts";
import { addUser, changeUser, deleteUser } from "./write-users.ts";

/**
 * The second user becomes an identity of the first: what it had besides its account (metadata, roles) is gone. Browsers that are
 * logged in as the second are so as the first from now on, so that a login during which users are linked can go on.
 */
export function linkUsers(tenant: Pick<Tenant, "clock" | "state">, primary: User, secondary: User): void {
  const passwords = secondary.identities.flatMap((identity) => tenant.state.passwords.get(userIdOf(identity)) ?? []);
  const sessions = tenant.state.sessions.filter(({ user_id }) => user_id === secondary.user_id);
  const [first, ...linkedBefore] = secondary.identities;
  deleteUser(tenant.state, secondary.user_id);
  // The identity can still log in with its password, now as the first user.
  for (const password of passwords) tenant.state.passwords.set(password.id, password);
  for (const session of sessions) tenant.state.sessions.set(session.id, { ...session, user_id: primary.user_id });
  const added = [
    ...(first === undefined ? [] : [{ ...first, profileData: profileDataOf(secondary) }]),
    ...linkedBefore,
  ];
  changeUser(tenant, primary.user_id, (user) => ({ ...user, identities: [...user.identities, ...added] }));
}

/** The identity becomes a user of its own again, with the profile that it had. */
export function unlinkIdentity(tenant: Pick<Tenant, "clock" | "state">, user: User, identity: Identity): void {
  const { profileData = {}, ...own } = identity;
  addUser(tenant, { ...profileData, user_id: userIdOf(identity), identities: [own] });
  changeUser(tenant, user.user_id, (current) => ({
    ...current,
    identities: current.identities.filter((other) => other !== identity),
  }));
}
