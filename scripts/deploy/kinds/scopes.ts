import type { KindScopes } from "./kind.ts";

/** All that a resource of the Management API has, by its name there (Auth0 docs, Management API v2). */
export function scopesOf(resource: string): KindScopes {
  return {
    read: [`read:${resource}`],
    write: [`create:${resource}`, `update:${resource}`],
    delete: [`delete:${resource}`],
  };
}

/** Kinds that are only read and changed. */
export function settingScopes(...resources: readonly string[]): KindScopes {
  return {
    read: resources.map((resource) => `read:${resource}`),
    write: resources.map((resource) => `update:${resource}`),
    delete: [],
  };
}

/** Scopes of several resources, the first for deleting. */
export function joined(first: KindScopes, ...others: readonly KindScopes[]): KindScopes {
  const all = [first, ...others];
  return {
    read: all.flatMap(({ read }) => read),
    write: all.flatMap(({ write }) => write),
    delete: first.delete,
  };
}

export const reads = (...scopes: readonly string[]): KindScopes => ({ read: scopes, write: [], delete: [] });
