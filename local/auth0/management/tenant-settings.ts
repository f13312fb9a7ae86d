import { endpoint, ok, type Resource } from "./endpoint.ts";

export const tenantSettings: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/tenants/settings",
    scopes: ["read:tenant_settings"],
    handle: () => ok(tenant.state.settings.get("tenant") ?? {}),
  }),
];
