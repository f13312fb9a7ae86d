import type { Tenant } from "../tenant.ts";

/**
 * The API that a user's token is for: the one asked for, else the tenant's default. None for /userinfo, which every
 * token of a login with `openid` opens anyway.
 */
export function readAudience(
  { issuer, state }: Pick<Tenant, "issuer" | "state">,
  asked: string | undefined,
): string | undefined {
  if (asked !== undefined && asked !== "") return asked === `${issuer}userinfo` ? undefined : asked;
  const fallback = state.settings.get("tenant")?.default_audience;
  return typeof fallback === "string" && fallback !== "" ? fallback : undefined;
}
