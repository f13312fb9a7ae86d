import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, settingScopes } from "../scopes.ts";

export const prompts = {
  type: "prompts",
  section: "prompts",
  named: {
    "": { types: [/^UpdateSettingsRequestContent$/], isShallow: true, isClosed: true },
  },
  scopes: joined(settingScopes("prompts"), reads("read:tenant_settings")),
} as const satisfies HandedOverSpec;
