import type { TenantState } from "../state/tenant-state.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Milliseconds from the login, and from the last use: the tenant's settings, in Auth0's defaults of 7 and 3 days. */
export function readSessionLifetimes(state: Pick<TenantState, "settings">): {
  readonly absolute: number;
  readonly idle: number;
} {
  const settings = state.settings.get("tenant") ?? {};
  const read = (name: string, fallback: number): number => {
    const minutes = settings[`${name}_in_minutes`];
    if (typeof minutes === "number") return minutes * MINUTE;
    const hours = settings[name];
    return (typeof hours === "number" ? hours : fallback) * HOUR;
  };
  return { absolute: read("session_lifetime", 168), idle: read("idle_session_lifetime", 72) };
}
