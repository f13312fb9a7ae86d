import type { Change } from "../plan/change.ts";
import type { Desired } from "../plan/desired.ts";
import type { Wanted } from "./kind.ts";
import { refuseEntry, tryEach } from "./refuse-entry.ts";

/** Members that Auth0 takes when it makes a thing and never afterwards, `.` between levels: types of auth0 7.1 for POST without PATCH. */
export type FixedMembers = readonly string[];

/**
 * The Deploy CLI leaves such a member out of what it sends, and Auth0 refuses it where it is sent.
 *
 * @throws {CommandError} ENTRY_FIXED
 */
export function checkFixed(
  { type, fixed = [] }: { readonly type: string; readonly fixed?: FixedMembers },
  { name, path: place }: Wanted,
  changes: readonly Change[],
  desired: Pick<Desired, "locate">,
): void {
  const moved = changes
    .flatMap(({ fields }) => fields)
    .filter(({ path }) => fixed.some((member) => path === member || path.startsWith(`${member}.`)));
  tryEach(moved, ({ path, before }) => {
    throw refuseEntry(
      desired,
      [...place, ...path.split(".")],
      "ENTRY_FIXED",
      `Auth0 never changes this of a ${type}, and "${name}" has ${JSON.stringify(before) ?? "none"}. Write that, or give the entry another name.`,
    );
  });
}
