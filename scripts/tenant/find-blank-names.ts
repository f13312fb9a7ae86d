import { findIdentity } from "./overlay/identities.ts";
import type { CodedProblem } from "./problem.ts";
import { isMapping } from "./shape.ts";

/** Entries that have no name, or one of blanks: Auth0 takes none. Of Actions the build says it (ACTION_NAME_INVALID). */
export function findBlankNames(document: Readonly<Record<string, unknown>>): readonly CodedProblem[] {
  return Object.entries(document).flatMap(([section, value]) => {
    const members = section === "actions" ? [] : (findIdentity([section]) ?? []);
    return (Array.isArray(value) ? value : []).flatMap((entry: unknown, index) =>
      members
        .filter((member) => isMapping(entry) && typeof entry[member] === "string" && entry[member].trim() === "")
        .map(
          (member): CodedProblem => ({
            code: "TENANT_MALFORMED",
            path: [section, index, member],
            message: "must not be empty",
          }),
        ),
    );
  });
}
