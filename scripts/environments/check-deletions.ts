import { usageError } from "../command.ts";
import type { DeletionRequest } from "../deploy/plan/plan-deletions.ts";
import type { Attempt } from "./attempt.ts";
import type { PlannedEnvironment } from "./plan-environments.ts";

/**
 * Where something is gone already, in a run that is repeated, there is nothing to delete; what no environment has was misspelt.
 *
 * @throws {CommandError} DELETION_UNKNOWN
 */
export function checkDeletions(
  deletions: readonly DeletionRequest[],
  planned: readonly Attempt<Pick<PlannedEnvironment, "plan">>[],
): void {
  // Somebody who is not known may have it.
  if (planned.some(({ kind }) => kind === "failed")) return;
  const deleted = planned
    .flatMap((one) => (one.kind === "succeeded" ? one.value.plan.changes : []))
    .filter(({ operation }) => operation === "delete");
  const unknown = deletions.filter(({ type, name }) => !deleted.some((one) => one.type === type && one.name === name));
  if (unknown.length === 0) return;
  throw usageError(
    "DELETION_UNKNOWN",
    `Nothing was sent: no environment has ${unknown.map(({ type, name }) => `${type} "${name}"`).join(", ")}, which --allow-delete names.`,
  );
}
