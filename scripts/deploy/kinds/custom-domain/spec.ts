import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const customDomain = {
  type: "custom-domain",
  section: "customDomains",
  created: { type: "CreateCustomDomainRequestContent" },
  identity: ["domain"],
  fixed: ["type", "verification_method"],
  foldsCase: true,
  scopes: scopesOf("custom_domains"),
  moving: ["status", "verification", "certificate", "origin_domain_name", "primary"],
  removal: {
    list: ({ customDomains }) => customDomains.list(),
    delete: ({ customDomains }, id) => customDomains.delete(id),
    idField: "custom_domain_id",
  },
} as const satisfies HandedOverSpec;
