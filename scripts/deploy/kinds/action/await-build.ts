import type { Management } from "auth0";
import { CommandError } from "../../../command.ts";
import { comesTrue, TIMEOUT_MS } from "./comes-true.ts";
import type { Pending } from "./draft.ts";
import { type Looking, lookAtActions } from "./look-at-actions.ts";

/**
 * Looks until all are built.
 *
 * @returns each as it was seen then, by its id
 * @throws {CommandError} ACTION_BUILD_FAILED, ACTION_BUILD_SLOW
 */
export async function awaitBuilds(
  pending: readonly Pending[],
  context: Looking,
): Promise<ReadonlyMap<string, Management.Action>> {
  const seen = new Map<string, Management.Action>();
  const statusOf = ({ former }: Pending) => seen.get(former.id)?.status;
  const isOpen = (entry: Pending) => statusOf(entry) !== "built";
  const isBuilt = await comesTrue(async () => {
    const open = pending.filter(isOpen);
    const ids = open.map(({ former }) => former.id);
    for (const [index, action] of (await lookAtActions(ids, context)).entries()) seen.set(ids[index] ?? "", action);
    const failed = open.find((entry) => statusOf(entry) === "failed");
    if (failed !== undefined) throw buildFailed(failed);
    return !pending.some(isOpen);
  });
  if (isBuilt) return seen;
  const slow = pending.filter(isOpen).map((entry) => `${entry.action.name} (${statusOf(entry)})`);
  throw new CommandError(
    "ACTION_BUILD_SLOW",
    `Auth0 did not build ${slow.join(", ")} within ${TIMEOUT_MS / 1000} s. Deploy again later.`,
  );
}

function buildFailed({ action, former }: Pending): CommandError {
  const dependencies = action.dependencies ?? former.draft.dependencies;
  const list = dependencies.map((dependency) => `${dependency.name}@${dependency.version}`).join(", ");
  const why =
    dependencies.length === 0
      ? "It has no dependencies: look at the Action in the dashboard."
      : `A build installs dependencies and does nothing else, so one of these cannot be installed: ${list}. Check that the version exists.`;
  return new CommandError("ACTION_BUILD_FAILED", `Auth0 could not build ${action.name}. ${why}`);
}
