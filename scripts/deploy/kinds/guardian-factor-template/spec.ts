import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const guardianFactorTemplate = {
  type: "guardian-factor-template",
  section: "guardianFactorTemplates",
  named: {
    "": { types: [/^SetGuardianFactorSmsTemplatesRequestContent$/], isClosed: true },
  },
  identity: ["name"],
  scopes: settingScopes("guardian_factors"),
} as const satisfies HandedOverSpec;
