import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const guardianPhoneProvider = {
  type: "guardian-phone-provider",
  section: "guardianPhoneFactorSelectedProvider",
  scopes: settingScopes("guardian_factors"),
} as const satisfies HandedOverSpec;
