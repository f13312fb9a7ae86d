import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const guardianPhoneMessageTypes = {
  type: "guardian-phone-message-types",
  section: "guardianPhoneFactorMessageTypes",
  scopes: settingScopes("guardian_factors"),
} as const satisfies HandedOverSpec;
