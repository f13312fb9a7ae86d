import type { HandedOverSpec } from "../handed-over/spec.ts";
import { settingScopes } from "../scopes.ts";

export const supplementalSignals = {
  type: "supplemental-signals",
  section: "supplementalSignals",
  named: {
    "": { isClosed: true },
  },
  scopes: settingScopes("attack_protection"),
} as const satisfies HandedOverSpec;
