import type { HandedOverSpec } from "../handed-over/spec.ts";
import { joined, reads, settingScopes } from "../scopes.ts";

export const branding = {
  type: "branding",
  section: "branding",
  named: {
    "": { types: [/^UpdateBrandingRequestContent$/] },
    "templates[]": { texts: ["template", "body"], isClosed: true },
  },
  scopes: joined(settingScopes("branding", "prompts"), reads("read:custom_domains")),
} as const satisfies HandedOverSpec;
