import type { Update, Warning } from "../../plan/change.ts";

/** Changes of an API after which tokens carry less, or more than they should. */
export function warnOfScopes({ name, fields }: Update): readonly Warning[] {
  return fields.flatMap(({ path, after }): readonly Warning[] => {
    if (path === "enforce_policies" && after === true) {
      return [
        {
          code: "RBAC_SWITCHED_ON",
          message: `RBAC is switched on for ${name}: from the next login or refresh on, tokens carry only scopes that are assigned to the user.`,
        },
      ];
    }
    if (path === "enforce_policies") {
      return [
        {
          code: "RBAC_SWITCHED_OFF",
          message: `RBAC is switched off for ${name}: Auth0 puts every scope that a client asks for into its token, whatever the user was assigned.`,
        },
      ];
    }
    if (path.startsWith("scopes[") && after === undefined) {
      return [
        {
          code: "SCOPE_DROPPED",
          message: `${path.slice("scopes[".length, -1)} of ${name} is dropped: Auth0 takes it from every role and every user that has it, and no deploy can give it back to those users.`,
        },
      ];
    }
    return [];
  });
}
