import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";

type Groups = PostLoginAPI["groups"];
type EffectiveRoles = ReturnType<PostLoginAPI["roles"]["getUserEffectiveRoles"]>;
type Page = { take?: number; from?: string };

/** Where the tenant is asked who belongs to what. `organizationId` is set in an organization login. */
export interface Directory {
  readUserGroups(user: { userId: string }, page: Page): ReturnType<Groups["getUserGroups"]>;
  readGroupMembership(
    user: { userId: string; connectionId: string; organizationId: string | undefined },
    groups: string[],
  ): ReturnType<Groups["hasGroupMembership"]>;
  readEffectiveRoles(
    user: { userId: string; organizationId: string | undefined },
    filter: Page | { ids: string[] } | { names: string[] },
  ): EffectiveRoles;
}

/** Nobody belongs to anything. */
export const emptyDirectory: Directory = {
  readUserGroups: async () => ({ groups: [] }),
  readGroupMembership: async (_user, groups) => ({
    memberships: Object.fromEntries(groups.map((group) => [group, { is_member: false }])),
  }),
  readEffectiveRoles: async () => ({ roles: [] }),
};

function checkPage({ from, take }: Page, maxTake: number): Page {
  if (from !== undefined && typeof from !== "string") {
    throw new Error('The "from" parameter must be a string if provided.');
  }
  if (take !== undefined && !(Number.isInteger(take) && take > 0)) {
    throw new Error('The "take" parameter must be a positive integer if provided.');
  }
  // The docs give the limit, not the message.
  if (take !== undefined && take > maxTake) throw new Error(`The "take" parameter must not exceed ${maxTake}.`);
  return { ...(from !== undefined && { from }), ...(take !== undefined && { take }) };
}

function checkList(name: string, values: string[], maxItems = Number.POSITIVE_INFINITY): string[] {
  if (!Array.isArray(values) || values.length === 0) {
    throw new Error(`The "${name}" parameter must be a non-empty array of strings.`);
  }
  // The docs give the limit, not the message.
  if (values.length > maxItems) throw new Error(`The "${name}" parameter must not have more than ${maxItems} items.`);
  return values;
}

/** Wrong arguments reject. */
export class GroupsApi {
  readonly #event: Event;
  readonly #directory: Directory;

  constructor({ event }: PostLoginContext, directory: Directory) {
    this.#event = event;
    this.#directory = directory;
  }

  async getUserGroups(page: Page = {}): ReturnType<Groups["getUserGroups"]> {
    const userId = this.#event.user.user_id;
    return this.#directory.readUserGroups({ userId }, checkPage(page, Number.POSITIVE_INFINITY));
  }

  async hasGroupMembership(groups: string[]): ReturnType<Groups["hasGroupMembership"]> {
    const { connection, organization, user } = this.#event;
    return this.#directory.readGroupMembership(
      { userId: user.user_id, connectionId: connection.id, organizationId: organization?.id },
      checkList("groups", groups),
    );
  }
}

/** Wrong arguments reject. */
export class RolesApi {
  readonly #event: Event;
  readonly #directory: Directory;

  constructor({ event }: PostLoginContext, directory: Directory) {
    this.#event = event;
    this.#directory = directory;
  }

  async getUserEffectiveRoles(page: Page = {}): EffectiveRoles {
    return this.#read(checkPage(page, 100));
  }

  async getUserEffectiveRolesByIds(ids: string[]): EffectiveRoles {
    return this.#read({ ids: checkList("ids", ids, 100) });
  }

  async getUserEffectiveRolesByNames(names: string[]): EffectiveRoles {
    return this.#read({ names: checkList("names", names, 50) });
  }

  #read(filter: Parameters<Directory["readEffectiveRoles"]>[1]): EffectiveRoles {
    const { organization, user } = this.#event;
    return this.#directory.readEffectiveRoles({ userId: user.user_id, organizationId: organization?.id }, filter);
  }
}
