import { asObject, readTenantSettings, type TenantSettings } from "../../state/tenant-settings.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { FIELDS_QUERY, selectFields } from "../paging.ts";

/** Only `GET` shows these. */
const SANDBOX_VERSIONS = ["22", "18", "12"];

export const tenantSettings: Resource = ({ state }) => [
  endpoint({
    method: "GET",
    path: "/tenants/settings",
    scopes: ["read:tenant_settings"],
    query: FIELDS_QUERY,
    handle: ({ query }) =>
      ok(selectFields({ ...readTenantSettings(state), sandbox_versions_available: SANDBOX_VERSIONS }, query)),
  }),
  endpoint<TenantSettings>({
    method: "PATCH",
    path: "/tenants/settings",
    summary: "Update tenant settings",
    scopes: ["update:tenant_settings"],
    body: "UpdateTenantSettingsRequestContent",
    handle: ({ body }) => ok(state.settings.set("tenant", mergeSettings(readTenantSettings(state), body))),
  }),
];

/** Lifetimes that a request may give in minutes; the tenant keeps hours (181 minutes read back as 3.0166666666666666). */
const LIFETIMES = [
  "session_lifetime",
  "idle_session_lifetime",
  "ephemeral_session_lifetime",
  "idle_ephemeral_session_lifetime",
];

/** Setting by setting, flag by flag; null takes a setting back to its default. */
function mergeSettings(current: TenantSettings, changes: TenantSettings): TenantSettings {
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
