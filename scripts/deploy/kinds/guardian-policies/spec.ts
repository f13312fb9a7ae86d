import type { HandedOverSpec } from "../handed-over/spec.ts";
import { isEmptied, loses, weakens } from "../protections.ts";
import { settingScopes } from "../scopes.ts";

export const guardianPolicies = {
  type: "guardian-policies",
  section: "guardianPolicies",
  protections: [
    weakens(/^policies$/, isEmptied, "nobody is asked for a second factor any more, but by Actions."),
    weakens(
      /^policies$/,
      (before, after) => loses("all-applications")(before, after) && !isEmptied(before, after),
      "not every login is asked for a second factor any more.",
    ),
  ],
  scopes: settingScopes("mfa_policies"),
} as const satisfies HandedOverSpec;
