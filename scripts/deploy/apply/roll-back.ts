import { CommandError } from "../../command.ts";
import { shortenAnswer } from "../cli/explain-failure.ts";
import type { LiveTenant } from "../kinds/live-tenant.ts";
import { listCreated, listDifferences } from "../live/list-differences.ts";
import type { WriteContext } from "../write/context.ts";
import type { ApplyOptions } from "./apply-plan.ts";

/** Takes back what was written, looks at the tenant, and says in an error what is live now. */
export async function rollBack(
  error: unknown,
  { undo, onProgress, tenant: before }: Pick<WriteContext, "undo" | "tenant"> & Pick<ApplyOptions, "onProgress">,
  read: () => Promise<LiveTenant>,
): Promise<CommandError> {
  const reason = shortenAnswer(error instanceof Error ? error.message : String(error));
  onProgress({ level: "warn", text: "Rolling back to what was live before." });
  const failed = await undo.undoAll();
  // What is live decides, not the answers: a step may have failed with nothing to take back, or seemed to work.
  const after = await read().catch(() => undefined);
  const moved = after === undefined ? failed : listDifferences(before, after);
  const isMet = undo.listChangedSince().length > 0 || (error instanceof CommandError && error.code === "PLAN_STALE");
  if (isMet && failed.length + undo.listIrreversible().length === 0) return explainMet(error, reason, moved);
  const left = [...moved, ...undo.listIrreversible()];
  if (left.length > 0) {
    return new CommandError(
      "DEPLOY_ROLLBACK_INCOMPLETE",
      `The deploy failed, and this is not as it was before:\n${left.map((what) => `  ${what}`).join("\n")}\nThe reason was: ${reason}\nRun \`npm run status\`, then deploy again.`,
      { cause: error },
    );
  }
  const created = after === undefined ? [] : listCreated(before, after);
  const rest =
    created.length === 0 ? "" : `\nNew, and used by nobody yet:\n${created.map((what) => `  ${what}`).join("\n")}`;
  const message = `The deploy failed, and what was live before is live again.${rest}\nThe reason was: ${reason}`;
  return error instanceof CommandError && error.code === "DEPLOY_INTERRUPTED"
    ? new CommandError(error.code, message, { cause: error, exitCode: error.exitCode })
    : new CommandError("DEPLOY_ROLLED_BACK", message, { cause: error });
}

/** Auth0 has no lock: of two deploys at once each may find what the other wrote. What is theirs is left to them. */
function explainMet(error: unknown, reason: string, moved: readonly string[]): CommandError {
  const theirs =
    moved.length === 0
      ? ""
      : `\nThis is not as it was planned from, and is theirs:\n${moved.map((what) => `  ${what}`).join("\n")}`;
  return new CommandError(
    "PLAN_STALE",
    `Somebody else, another deploy or a person, wrote to the tenant during this deploy. What this deploy wrote is taken back.${theirs}\nThe reason was: ${reason}\nPlan again when they are done.`,
    { cause: error },
  );
}
