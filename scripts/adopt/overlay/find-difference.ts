import { CommandError } from "../../command.ts";
import type { LiveTenant } from "../../deploy/kinds/live-tenant.ts";
import type { Change } from "../../deploy/plan/change.ts";
import type { Desired } from "../../deploy/plan/desired.ts";
import { firstName } from "../check/try-entry.ts";
import { type Entry, toDocument } from "../entry.ts";

/**
 * What a plan would change of one entry of a document: the names of its members, or "every" where it does not say which, or cannot be
 * made. Undefined when there is nothing to do for it.
 */
export function findDifference(
  entry: Entry,
  desired: Desired,
  live: LiveTenant,
): ReadonlySet<string> | "every" | undefined {
  const { kind, name } = entry;
  const alone: Desired = {
    ...desired,
    document: { ...desired.document, ...toDocument(entry) },
    actions: desired.actions.filter((action) => action.name === name),
  };
  const seen = kind.type === "flow" ? { ...alone, actions: desired.actions } : alone;
  try {
    const losses = kind.listLosses?.(seen, live[kind.type], live) ?? [];
    const members = kind.plan(seen, live[kind.type], live).map(listMembers);
    if (losses.length > 0 || members.some((names) => names.length === 0)) return "every";
    return members.length === 0 ? undefined : new Set(members.flat());
  } catch (error) {
    // It refers to what this tenant does not have, or asks for what cannot be.
    if (error instanceof CommandError) return "every";
    throw error;
  }
}

/** What a plan says of an Action's deployment is in its code. */
const IN_CODE = ["deployed by", "version"];

function listMembers(change: Change): readonly string[] {
  if (change.operation !== "update") return [];
  const names = change.fields.map(({ path }) => firstName(path));
  return [
    ...names.map((name) => (IN_CODE.includes(name) ? "code" : name)),
    ...(change.codeDiff === undefined ? [] : ["code"]),
  ];
}
