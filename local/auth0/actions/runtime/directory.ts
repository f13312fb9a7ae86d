import { type Directory, emptyDirectory } from "../api/directory.ts";
import type { EffectiveRole } from "./protocol.ts";

/** What `api.roles` and `api.groups` are answered from: the roles came with the request, groups this tenant has none. */
export function createDirectory(roles: readonly EffectiveRole[]): Directory {
  return {
    ...emptyDirectory,
    async readEffectiveRoles(_user, filter) {
      if ("ids" in filter) return { roles: roles.filter(({ id }) => filter.ids.includes(id)) };
      if ("names" in filter) return { roles: roles.filter(({ name }) => filter.names.includes(name)) };
      const { take = 50, from } = filter;
      // The checkpoint is opaque to callers: here the id of the last role of the page before.
      const start = from === undefined ? 0 : roles.findIndex(({ id }) => id === from) + 1;
      const page = roles.slice(start, start + take);
      const last = page.at(-1);
      return { roles: page, ...(last !== undefined && start + take < roles.length && { next: last.id }) };
    },
  };
}
