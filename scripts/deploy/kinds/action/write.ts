import { CommandError } from "../../../command.ts";
import type { Change } from "../../plan/change.ts";
import { sideBySide } from "../../side-by-side.ts";
import { report, type WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import { awaitBuild, awaitLive, isServed } from "./await-build.ts";
import { type Pending, writeDraft } from "./draft.ts";
import type { LiveAction } from "./live.ts";
import { markAction } from "./mark-action.ts";

/**
 * Two writes an Action, as Auth0 has it: the draft, then its deployment. All drafts are built before the first one is
 * deployed: a draft serves nobody, so until then a failed build has changed nothing that a login sees.
 *
 * @throws {CommandError} ACTION_BUILD_FAILED, ACTION_BUILD_SLOW, ACTION_NOT_LIVE, PLAN_STALE
 */
export async function writeActions(
  changes: readonly Change[],
  present: readonly LiveAction[],
  context: WriteContext,
): Promise<void> {
  const pending = listPending(changes, present, context);
  await sideBySide(pending, (entry) => writeDraft(entry, context));
  await sideBySide(pending, (entry) => awaitBuild(entry, context));
  await sideBySide(pending, async (entry) => {
    if (entry.action.deployed === false) report(context, `updated action ${entry.action.name}`);
    else await deployDraft(entry, context);
  });
}

function listPending(
  changes: readonly Change[],
  present: readonly LiveAction[],
  { desired }: WriteContext,
): readonly Pending[] {
  return changes.flatMap((change) => {
    if (change.operation !== "update") return [];
    const action = desired.actions.find(({ name }) => name === change.name);
    const former = present.find(({ id }) => id === change.id);
    return action === undefined || former === undefined
      ? []
      : [{ action: markAction(action, desired, present), former }];
  });
}

async function deployDraft({ action, former }: Pending, context: WriteContext): Promise<void> {
  const { actions } = context.management;
  const draft = await actions.get(former.id);
  if (draft.code !== action.markedCode) {
    throw new CommandError(
      "PLAN_STALE",
      `Somebody else is writing ${action.name} at the same time. Plan again when that is done.`,
    );
  }
  const formerLive = former.live;
  if (formerLive !== undefined) {
    context.undo.record(`version ${formerLive.number} of ${action.name}`, async () => {
      const { deployed_version: current } = await actions.get(former.id);
      const isFormerCode = current?.code === formerLive.code && current.code !== action.markedCode;
      if (current?.id === formerLive.versionId || isFormerCode) return;
      if (current?.code !== action.markedCode) throw new Error("somebody else has deployed since");
      await actions.versions.deploy(former.id, formerLive.versionId, { update_draft: true });
      await awaitLive(former, { code: formerLive.code, formerVersion: current.id }, context);
    });
  }
  const wanted = { code: action.markedCode, formerVersion: formerLive?.versionId };
  const isDone = async () => (isServed(await actions.get(former.id), wanted) ? true : undefined);
  await settlePost(async () => {
    await actions.deploy(former.id);
    return true;
  }, isDone);
  await awaitLive(former, wanted, context);
  report(context, `deployed action ${action.name}`);
}
