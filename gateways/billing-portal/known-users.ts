import { createRecent } from "./recent.ts";
import type { PortalUser, Users } from "./users.ts";

export interface KnownUsers {
  /** @param maxAge milliseconds that what was read before may be old; 0: as Auth0 has it now */
  read(userId: string, maxAge: number): Promise<PortalUser | undefined>;
  /** To be told that something was written. */
  forget(userId: string): void;
  /** As of Users. */
  writeCheckout: Users["writeCheckout"];
}

/** Users as they were read a moment ago: a page that is looked at twice asks Auth0 once. */
export function createKnownUsers(users: Pick<Users, "read" | "writeCheckout">, steadyClock: () => number): KnownUsers {
  const recent = createRecent<PortalUser>(steadyClock);
  return {
    read: (userId, maxAge) => recent.get(userId, maxAge, () => users.read(userId)),
    forget: recent.forget,
    writeCheckout: users.writeCheckout,
  };
}
