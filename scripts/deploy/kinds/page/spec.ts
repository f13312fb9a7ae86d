import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const page = {
  type: "page",
  section: "pages",
  named: {
    "": { isClosed: true },
  },
  identity: ["name"],
  scopes: settingScopes("clients", "tenant_settings"),
} as const satisfies HandedOverSpec;
