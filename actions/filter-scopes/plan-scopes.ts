import type { Event } from "@auth0/actions/post-login/v3";
import type { Settings } from "./settings.ts";

/** Who may do what, from tenant.yaml. */
export interface Grants {
  apiScopes: readonly string[];
  roleScopes: Readonly<Record<string, readonly string[]>>;
}

export interface ScopePlan {
  /** Scopes of the API that the token must not carry. */
  remove: string[];
  /** Scopes to offer as target scopes. */
  offer: string[];
  /** The user's roles that tenant.yaml does not have. They grant nothing. */
  unknownRoles: string[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function readExtensionPermissions(event: Event): unknown[] {
  // A custom database may return anything for metadata, null included.
  const { authorization }: Readonly<Record<string, unknown>> = event.user.app_metadata ?? {};
  return isRecord(authorization) && Array.isArray(authorization.permissions) ? authorization.permissions : [];
}

/**
 * Loops over the scopes that the API defines, not over those requested: on refresh exchanges and password grants the
 * event does not say what was requested.
 */
export function planScopes(event: Event, grants: Grants, settings: Settings): ScopePlan {
  const roles = event.authorization?.roles ?? [];
  const scopesOfRole = new Map(Object.entries(grants.roleScopes));
  const granted = new Set<unknown>(roles.flatMap((role) => scopesOfRole.get(role) ?? []));
  if (settings.extensionPermissions === "on") {
    for (const permission of readExtensionPermissions(event)) granted.add(permission);
  }
  return {
    remove: settings.directPermissions === "keep" ? [] : grants.apiScopes.filter((scope) => !granted.has(scope)),
    offer: settings.scopes === "requested" ? [] : grants.apiScopes.filter((scope) => granted.has(scope)),
    unknownRoles: roles.filter((role) => !scopesOfRole.has(role)),
  };
}
