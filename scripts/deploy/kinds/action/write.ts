import { type Management, ManagementError } from "auth0";
import { CommandError } from "../../../command.ts";
import type { Change } from "../../plan/change.ts";
import { sideBySide } from "../../side-by-side.ts";
import type { WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import { awaitBuilds } from "./await-build.ts";
import { type Awaited, awaitLive, isServed } from "./await-live.ts";
import { type Pending, writeDraft } from "./draft.ts";
import type { LiveAction } from "./live.ts";
import { type MarkedAction, markAction } from "./mark-action.ts";

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
  const drafts = await awaitBuilds(pending, context);
  for (const { action } of pending.filter(isKept)) context.report({ type: "action", name: action.name });
  const deployed = pending.filter((entry) => !isKept(entry));
  for (const { action, former } of deployed) checkDraft(action, drafts.get(former.id));
  await sideBySide(deployed, (entry) => deployDraft(entry, context));
  await awaitLive(
    deployed.map(({ action, former }) => ({ action: former, ...awaitedOf({ action, former }) })),
    context,
  );
  for (const { action } of deployed) context.report({ type: "action", name: action.name });
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

/** As a draft. */
const isKept = ({ action }: Pending): boolean => action.deployed === false;

/** Before the first is deployed: Auth0 deploys whatever the draft is by then. */
function checkDraft({ name, markedCode }: MarkedAction, draft: Management.Action | undefined): void {
  if (draft?.code === markedCode) return;
  throw new CommandError(
    "PLAN_STALE",
    `Somebody else is writing ${name} at the same time. Plan again when that is done.`,
  );
}

const awaitedOf = ({ action, former }: Pending): Awaited => ({
  code: action.markedCode,
  formerVersion: former.live?.versionId,
});

async function deployDraft({ action, former }: Pending, context: WriteContext): Promise<void> {
  const { actions } = context.management;
  const formerLive = former.live;
  if (formerLive !== undefined) {
    context.undo.record(`version ${formerLive.number} of ${action.name}`, async () => {
      const { deployed_version: current } = await actions.get(former.id);
      const isFormerCode = current?.code === formerLive.code && current.code !== action.markedCode;
      if (current?.id === formerLive.versionId || isFormerCode) return;
      if (current?.code !== action.markedCode) throw new Error("somebody else has deployed since");
      await actions.versions.deploy(former.id, formerLive.versionId, { update_draft: true });
      await awaitLive([{ action: former, code: formerLive.code, formerVersion: current.id }], context);
    });
  }
  const isDone = async () => (isServed(await actions.get(former.id), awaitedOf({ action, former })) ? true : undefined);
  await settlePost(async () => {
    await actions.deploy(former.id);
    return true;
  }, isDone).catch(async (error: unknown) => {
    // Auth0 deploys no draft that is not built, as one is that somebody has written since.
    if (error instanceof ManagementError && error.statusCode === 400) checkDraft(action, await actions.get(former.id));
    throw error;
  });
}
