import type { HandedOverSpec } from "../handed-over/spec.ts";
import { scopesOf } from "../scopes.ts";

export const phoneTemplate = {
  type: "phone-template",
  section: "phoneTemplates",
  named: {
    "": { types: [/^(Create|Get)PhoneTemplate(Request|Response)Content$/], isClosed: true },
  },
  identity: ["type"],
  fixed: ["content.syntax"],
  scopes: scopesOf("phone_templates"),
  removal: {
    list: async ({ branding }) => (await branding.phone.templates.list()).templates ?? [],
    delete: ({ branding }, id) => branding.phone.templates.delete(id),
  },
} as const satisfies HandedOverSpec;
