import type { TenantState } from "../../state/tenant-state.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { FIELDS_QUERY, selectFields } from "../paging.ts";
import { SANDBOX_VERSIONS, TENANT_DEFAULTS } from "./defaults.ts";

type Settings = Readonly<Record<string, unknown>>;

export const tenantSettings: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/tenants/settings",
    scopes: ["read:tenant_settings"],
    query: FIELDS_QUERY,
    handle: ({ query }) =>
      ok(selectFields({ ...readTenantSettings(state), sandbox_versions_available: SANDBOX_VERSIONS }, query)),
  }),
  endpoint<Settings>({
    method: "PATCH",
    path: "/tenants/settings",
    summary: "Update tenant settings",
    scopes: ["update:tenant_settings"],
    body: "UpdateTenantSettingsRequestContent",
    handle: ({ body }) => ok(state.settings.set("tenant", mergeSettings(readTenantSettings(state), body))),
  }),
];

/** The settings as they stand, defaults included. */
function readTenantSettings({ settings }: Pick<TenantState, "settings">): Settings {
  const stored = settings.get("tenant") ?? {};
  return { ...TENANT_DEFAULTS, ...stored, flags: { ...asObject(TENANT_DEFAULTS.flags), ...asObject(stored.flags) } };
}

/** Lifetimes that a request may give in minutes; the tenant keeps hours (181 minutes read back as 3.0166666666666666). */
const LIFETIMES = [
  "session_lifetime",
  "idle_session_lifetime",
  "ephemeral_session_lifetime",
  "idle_ephemeral_session_lifetime",
];

/** Setting by setting, flag by flag; null takes a setting back to its default. */
function mergeSettings(current: Settings, changes: Settings): Settings {
  const hours = Object.fromEntries(
    LIFETIMES.flatMap((name) => {
      const minutes = changes[`${name}_in_minutes`];
      if (typeof minutes !== "number") return [];
      if (changes[name] !== undefined) {
        throw new ManagementError(400, `Cannot set both ${name} and ${name}_in_minutes`, "invalid_body");
      }
      return [[name, minutes / 60]];
    }),
  );
  const merged = {
    ...current,
    ...changes,
    ...hours,
    flags: { ...asObject(current.flags), ...asObject(changes.flags) },
  };
  return Object.fromEntries(
    Object.entries(merged).filter(([name, value]) => value !== null && !name.endsWith("_in_minutes")),
  );
}

function asObject(value: unknown): Settings {
  return typeof value === "object" && value !== null ? (value as Settings) : {};
}
