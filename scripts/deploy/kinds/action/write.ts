import { setTimeout as sleep } from "node:timers/promises";
import type { Management } from "auth0";
import { CommandError } from "../../../command.ts";
import type { Change } from "../../plan/change.ts";
import { report, type WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import type { LiveAction } from "./live.ts";
import { type MarkedAction, markAction } from "./mark-action.ts";
import { splitMarker } from "./marker.ts";

/** How long a build may take before it is given up. */
const BUILD_TIMEOUT_MS = 120_000;
/** Between two looks at it: short at first, for a tenant on this machine is quick. */
const pollAfter = (looks: number) => sleep(Math.min(20 * 2 ** looks, 1_000));

interface Pending {
  readonly action: MarkedAction;
  readonly former: LiveAction;
}

/**
 * Two writes an Action, as Auth0 has it: the draft, then its deployment. All drafts are built before the first one is
 * deployed: a draft serves nobody, so until then a failed build has changed nothing that a login sees.
 *
 * @throws CommandError ACTION_BUILD_FAILED, ACTION_BUILD_SLOW, ACTION_NOT_LIVE, PLAN_STALE
 */
export async function writeActions(
  changes: readonly Change[],
  present: readonly LiveAction[],
  context: WriteContext,
): Promise<void> {
  const pending = listPending(changes, present, context);
  for (const entry of pending) await writeDraft(entry, context);
  for (const entry of pending) await awaitBuild(entry, context);
  for (const entry of pending) await deployDraft(entry, context);
}

/** New Actions as drafts; they are built and deployed with the others. Names are unique at Auth0, so a repeated POST is refused. */
export async function createActions(
  changes: readonly Change[],
  present: readonly LiveAction[],
  context: WriteContext,
): Promise<void> {
  const { desired, management } = context;
  const names = changes.filter(({ operation }) => operation === "create").map(({ name }) => name);
  for (const action of desired.actions.filter(({ name }) => names.includes(name))) {
    const { name, runtime, dependencies, secrets, triggers, markedCode: code } = markAction(action, desired, present);
    await settlePost(
      async () =>
        (
          await management.actions.create({
            name,
            runtime,
            code,
            dependencies: [...dependencies],
            secrets: [...secrets],
            supported_triggers: triggers as Management.ActionTrigger[],
          })
        ).id,
      async () => (await context.readAgain("action")).find((action) => action.name === name)?.id,
    );
    report(context, `created action ${name}`);
  }
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

async function writeDraft({ action, former }: Pending, context: WriteContext): Promise<void> {
  // Made in this deploy, as it is to be: its marker covers the secrets too.
  if (former.live === undefined && former.draft.code === action.markedCode) return;
  const { actions } = context.management;
  const withSecrets = hasOtherSecrets(action, former);
  context.undo.record(`the draft of ${action.name}`, () =>
    restoreDraft(former, action.markedCode, withSecrets, context),
  );
  await actions.update(former.id, {
    code: action.markedCode,
    runtime: action.runtime,
    dependencies: [...action.dependencies],
    ...(withSecrets ? { secrets: [...action.secrets] } : {}),
  });
}

async function restoreDraft(
  { id, draft, live }: LiveAction,
  written: string,
  withSecrets: boolean,
  { management: { actions } }: WriteContext,
): Promise<void> {
  const present = await actions.get(id);
  // A marker covers the secrets too: with this code all of the draft is as it was.
  if (present.code === draft.code && draft.code !== written) return;
  if (present.code !== written) throw new Error("somebody else has written it since");
  const fromVersion = async (versionId: string) => {
    await actions.versions.deploy(id, versionId, { update_draft: true });
  };
  // Auth0 never returns secrets: the former ones come back with the version that had them.
  if (withSecrets && live !== undefined) return fromVersion(live.versionId);
  const { code, runtime, dependencies } = draft;
  try {
    await actions.update(id, { code, runtime, dependencies: [...dependencies] });
  } catch (error) {
    if (live === undefined || live.code !== code) throw error;
    await fromVersion(live.versionId);
  }
}

/** Secrets are sent only when they differ: what is not sent stays, and need not be brought back when a build fails. */
function hasOtherSecrets(action: MarkedAction, { live, draft }: LiveAction): boolean {
  if (live === undefined) return true;
  const [marked, present] = [splitMarker(action.markedCode).marker, splitMarker(live.code).marker];
  const isTouched = live.secrets.some(({ name, updatedAt }) => {
    const other = draft.secrets.find((secret) => secret.name === name);
    return other === undefined || other.updatedAt !== updatedAt;
  });
  return marked?.secrets !== present?.secrets || isTouched || live.number !== present?.version;
}

async function awaitBuild({ action, former }: Pending, { management }: WriteContext): Promise<void> {
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  for (let looks = 0; ; looks += 1) {
    const { status } = await management.actions.get(former.id);
    if (status === "built") return;
    if (status === "failed") throw buildFailed(action);
    if (Date.now() > deadline) {
      throw new CommandError(
        "ACTION_BUILD_SLOW",
        `Auth0 did not build ${action.name} within ${BUILD_TIMEOUT_MS / 1000} s (status ${status}). Deploy again later.`,
      );
    }
    await pollAfter(looks);
  }
}

function buildFailed({ name, dependencies }: MarkedAction): CommandError {
  const list = dependencies.map((dependency) => `${dependency.name}@${dependency.version}`).join(", ");
  const why =
    dependencies.length === 0
      ? "It has no dependencies: look at the Action in the dashboard."
      : `A build installs dependencies and does nothing else, so one of these cannot be installed: ${list}. Check that the version exists.`;
  return new CommandError("ACTION_BUILD_FAILED", `Auth0 could not build ${name}. ${why}`);
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
      const current = await actions.get(former.id);
      if (current.deployed_version?.code === formerLive.code) return;
      if (current.deployed_version?.code !== action.markedCode) throw new Error("somebody else has deployed since");
      await actions.versions.deploy(former.id, formerLive.versionId, { update_draft: true });
      await awaitLive(former.id, formerLive.code, action.name, context);
    });
  }
  const isDone = async () =>
    (await actions.get(former.id)).deployed_version?.code === action.markedCode ? true : undefined;
  await settlePost(async () => {
    await actions.deploy(former.id);
    return true;
  }, isDone);
  await awaitLive(former.id, action.markedCode, action.name, context);
  report(context, `deployed action ${action.name}`);
}

/** Auth0 answers a deploy a moment before it serves it. */
async function awaitLive(id: string, code: string, name: string, { management }: WriteContext): Promise<void> {
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  for (let looks = 0; ; looks += 1) {
    const { deployed_version: live } = await management.actions.get(id);
    if (live?.code === code && live.deployed === true) return;
    if (Date.now() > deadline)
      throw new CommandError("ACTION_NOT_LIVE", `${name} was deployed, but Auth0 still serves another version.`);
    await pollAfter(looks);
  }
}
