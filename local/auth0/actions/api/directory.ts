import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { PostLoginContext } from "./context.ts";

type Groups = PostLoginAPI["groups"];
type Roles = PostLoginAPI["roles"];
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
  ): ReturnType<Roles["getUserEffectiveRoles"]>;
}

/** Nobody belongs to anything. */
export const emptyDirectory: Directory = {
  readUserGroups: async () => ({ groups: [] }),
  readGroupMembership: async (_user, groups) => ({
    memberships: Object.fromEntries(groups.map((group) => [group, { is_member: false }])),
  }),
  readEffectiveRoles: async () => ({ roles: [] }),
};

const checkPage = ({ from, take }: Page, maxTake: number): Page => {
  if (from !== undefined && typeof from !== "string") {
    throw new Error('The "from" parameter must be a string if provided.');
  }
  if (take !== undefined && !(Number.isInteger(take) && take > 0)) {
    throw new Error('The "take" parameter must be a positive integer if provided.');
  }
  // The docs give the limit, not the message.
  if (take !== undefined && take > maxTake) throw new Error(`The "take" parameter must not exceed ${maxTake}.`);
  return { ...(from !== undefined && { from }), ...(take !== undefined && { take }) };
};

const checkList = (name: string, values: string[], maxItems = Number.POSITIVE_INFINITY): string[] => {
  if (!Array.isArray(values) || values.length === 0) {
    throw new Error(`The "${name}" parameter must be a non-empty array of strings.`);
  }
  // The docs give the limit, not the message.
  if (values.length > maxItems) throw new Error(`The "${name}" parameter must not have more than ${maxItems} items.`);
  return values;
};

/** Wrong arguments reject. */
export const createGroups = ({ event }: PostLoginContext, directory: Directory): Groups => ({
  getUserGroups: async (page = {}) =>
    directory.readUserGroups({ userId: event.user.user_id }, checkPage(page, Number.POSITIVE_INFINITY)),
  hasGroupMembership: async (groups) =>
    directory.readGroupMembership(
      {
        userId: event.user.user_id,
        connectionId: event.connection.id,
        organizationId: event.organization?.id,
      },
      checkList("groups", groups),
    ),
});

/** Wrong arguments reject. */
export const createRoles = ({ event }: PostLoginContext, directory: Directory): Roles => {
  const getUser = () => ({ userId: event.user.user_id, organizationId: event.organization?.id });
  return {
    getUserEffectiveRoles: async (page = {}) => directory.readEffectiveRoles(getUser(), checkPage(page, 100)),
    getUserEffectiveRolesByIds: async (ids) =>
      directory.readEffectiveRoles(getUser(), { ids: checkList("ids", ids, 100) }),
    getUserEffectiveRolesByNames: async (names) =>
      directory.readEffectiveRoles(getUser(), { names: checkList("names", names, 50) }),
  };
};
