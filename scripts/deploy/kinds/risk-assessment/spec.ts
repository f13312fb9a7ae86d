import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const riskAssessment = {
  type: "risk-assessment",
  section: "riskAssessment",
  named: {
    "": { isClosed: true },
    settings: { isClosed: true },
    new_device: { isClosed: true },
  },
  scopes: settingScopes("attack_protection"),
} as const satisfies HandedOverSpec;
