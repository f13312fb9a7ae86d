import type { Update, Warning } from "../../plan/change.ts";
import type { Planned } from "../record/record-kind.ts";

/** A role that gives nothing any more, and a table of roles that gives nothing to anybody. */
export function warnOfPermissions(change: Update, { changes, desired, tenant }: Planned): readonly Warning[] {
  const emptied = changes.filter((other) => other.operation === "update" && isEmptied(other, tenant));
  if (!emptied.includes(change)) return [];
  const roles = desired.document.roles ?? [];
  const isTableEmpty = roles.every(({ permissions }) => permissions?.length === 0);
  return [
    {
      code: "ROLE_EMPTIED",
      message: `${change.name} loses its last permission: whoever has that role alone can do nothing.`,
    },
    ...(isTableEmpty && change === emptied.at(-1)
      ? [
          {
            code: "PERMISSIONS_EMPTIED" as const,
            message:
              "No role in tenant.yaml has a permission any more: filter-scopes takes every scope from every token.",
          },
        ]
      : []),
  ];
}

function isEmptied({ id, members }: Update, { role }: Planned["tenant"]): boolean {
  const present = role.find((candidate) => candidate.id === id)?.permissions ?? [];
  return members !== undefined && members.add.length === 0 && members.remove.length === present.length;
}
