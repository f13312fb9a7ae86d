import type { HandedOverSpec } from "../handed-over/spec.ts";
import { closes, isSwitchedOff } from "../protections.ts";
import { settingScopes } from "../scopes.ts";

export const guardianFactor = {
  type: "guardian-factor",
  section: "guardianFactors",
  named: {
    "": { flags: ["enabled", "trial_expired"], isClosed: true },
  },
  identity: ["name"],
  protections: [
    closes(/^enabled$/, isSwitchedOff, "whoever has no other second factor cannot log in where one is asked for."),
  ],
  isFixed: true,
  scopes: settingScopes("guardian_factors"),
} as const satisfies HandedOverSpec;
