import type { PortalUser, Users } from "./users.ts";

export interface KnownUsers {
  /** @param maxAge milliseconds that what was read before may be old; 0: as Auth0 has it now */
  read(userId: string, maxAge: number): Promise<PortalUser | undefined>;
  /** To be told that something was written. */
  forget(userId: string): void;
  /** As of Users. */
  writeCheckout: Users["writeCheckout"];
}

const CAPACITY = 5_000;

/** Users as they were read a moment ago: a page that is looked at twice asks Auth0 once. */
export function createKnownUsers(users: Pick<Users, "read" | "writeCheckout">, steadyClock: () => number): KnownUsers {
  const known = new Map<string, { readonly user: PortalUser; readonly readAt: number }>();
  return {
    async read(userId, maxAge) {
      const before = known.get(userId);
      if (before && steadyClock() - before.readAt < maxAge) return before.user;
      const readAt = steadyClock();
      const user = await users.read(userId);
      known.delete(userId);
      if (user !== undefined) known.set(userId, { user, readAt });
      const [oldest] = known.keys();
      if (known.size > CAPACITY && oldest !== undefined) known.delete(oldest);
      return user;
    },
    forget: (userId) => void known.delete(userId),
    writeCheckout: users.writeCheckout,
  };
}
