import type { ManagementClient } from "auth0";
import { createUsers as createAuth0Users, type PortalUser } from "../../gateways/billing-portal/users.ts";
import type { Pace } from "./pace.ts";

/** Auth0's users, each call in its turn. Rejects with what the SDK throws. */
export interface Users {
  /** Undefined for one that is not there (any more). */
  read(userId: string): Promise<PortalUser | undefined>;
  writeLink(userId: string, link: Readonly<Record<string, string>>): Promise<void>;
}

/** @param management with `read:users update:users_app_metadata` */
export function createUsers(management: Pick<ManagementClient, "users">, pace: Pace): Users {
  const { read, writeLink } = createAuth0Users(management);
  return {
    read: (userId) => pace(() => read(userId)),
    writeLink: (userId, link) => pace(() => writeLink(userId, link)),
  };
}
