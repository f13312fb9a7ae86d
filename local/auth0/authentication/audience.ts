import type { Tenant } from "../tenant.ts";

/**
 * The API that a user's token is for: the one asked for, else the tenant's default. None for /userinfo, which every
 * token of a login with `openid` opens anyway.
 */
export function readAudience(tenant: Tenant, asked: string | undefined): string | undefined {
  if (asked !== undefined && asked !== "") return asked === `${tenant.issuer}userinfo` ? undefined : asked;
  const fallback = tenant.state.settings.get("tenant")?.default_audience;
  return typeof fallback === "string" && fallback !== "" ? fallback : undefined;
}
