import type { ManagementClient } from "auth0";
import { createUsers as createAuth0Users, type PortalUser } from "../../gateways/billing-portal/users.ts";
import type { Pace } from "./pace.ts";
import { FIELDS } from "./user.ts";

/** Auth0's users, each call in its turn. Rejects with what the SDK throws. */
export interface Users {
  /** Undefined for one that is not there (any more). */
  read(userId: string): Promise<PortalUser | undefined>;
  writeLink(userId: string, link: Readonly<Record<string, string>>): Promise<void>;
  /**
   * The oldest 100 at `page` (from 0) of those created at `since` or later, as the API has them.
   *
   * @param since ISO 8601; undefined from the beginning
   */
  list(since: string | undefined, page: number): Promise<readonly unknown[]>;
}

/** @param management with `read:users update:users_app_metadata` */
export function createUsers(management: Pick<ManagementClient, "users">, pace: Pace): Users {
  const { read, writeLink } = createAuth0Users(management);
  return {
    read: (userId) => pace(() => read(userId)),
    writeLink: (userId, link) => pace(() => writeLink(userId, link)),
    async list(since, page) {
      const { data } = await pace(() =>
        management.users.list({
          ...(since !== undefined && { q: `created_at:["${since}" TO *]` }),
          search_engine: "v3",
          sort: "created_at:1",
          per_page: 100,
          page,
          fields: FIELDS.join(),
          include_fields: true,
        }),
      );
      return data;
    },
  };
}
