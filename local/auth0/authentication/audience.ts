import { readTenantSettings } from "../state/tenant-settings.ts";
import type { TenantState } from "../state/tenant-state.ts";
import type { Tenant } from "../tenant.ts";
import { type Parameters, readOptional } from "./parameters.ts";

type Settings = Pick<TenantState, "settings">;

/**
 * The API that a user's token is for: the one asked for, else the tenant's default. None for /userinfo, which every
 * token of a login with `openid` opens anyway.
 */
export function readAudience(
  { issuer, state }: Pick<Tenant, "issuer"> & { readonly state: Settings },
  parameters: Parameters,
): string | undefined {
  const audience = readAskedAudience(state, parameters) ?? findDefaultAudience(state);
  return audience === `${issuer}userinfo` ? undefined : audience;
}

/**
 * By `audience`, or where the tenant's profile says so by `resource` (RFC 8707), as MCP clients do (Auth0 docs, "Enable Resource
 * Parameter Compatibility Profile").
 */
export function readAskedAudience(state: Settings, parameters: Parameters): string | undefined {
  const audience = readOptional(parameters, "audience");
  if (audience !== undefined || readTenantSettings(state).resource_parameter_profile !== "compatibility")
    return audience;
  return readOptional(parameters, "resource");
}

export function findDefaultAudience(state: Settings): string | undefined {
  const fallback = readTenantSettings(state).default_audience;
  return typeof fallback === "string" && fallback !== "" ? fallback : undefined;
}
