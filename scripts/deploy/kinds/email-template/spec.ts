import type { HandedOverSpec } from "../handed-over/spec.ts";

export const emailTemplate = {
  type: "email-template",
  section: "emailTemplates",
  created: { type: "CreateEmailTemplateRequestContent" },
  named: {
    "": { types: [/^SetEmailTemplate(Request|Response)Content$/], isClosed: true },
  },
  identity: ["template"],
  scopes: {
    read: ["read:email_templates"],
    write: ["create:email_templates", "update:email_templates"],
    delete: [],
  },
} as const satisfies HandedOverSpec;
