import type { KindScopes } from "./kind.ts";

/** All that a resource of the Management API has, by its name there (Auth0 docs, Management API v2). */
export function scopesOf(resource: string): KindScopes {
  return {
    read: [`read:${resource}`],
    write: [`create:${resource}`, `update:${resource}`],
    delete: [`delete:${resource}`],
  };
}
