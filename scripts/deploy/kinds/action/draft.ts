import type { Management } from "auth0";
import type { Desired } from "../../plan/desired.ts";
import type { WriteContext } from "../../write/context.ts";
import { WRITTEN_SINCE } from "../../write/undo.ts";
import { compareTriggers } from "./compare-content.ts";
import type { ActionContent, LiveAction } from "./live.ts";
import type { MarkedAction } from "./mark-action.ts";
import { splitMarker } from "./marker.ts";
import { hasAllValues, planSecrets } from "./plan-secrets.ts";

/** An Action that is to be written, and how it was. */
export interface Pending {
  readonly action: MarkedAction;
  readonly former: LiveAction;
}

export async function writeDraft({ action, former }: Pending, context: WriteContext): Promise<void> {
  // Made in this deploy, as it is to be: its marker covers the secrets too. Code without one says nothing of them.
  if (!action.isVerbatim && former.live === undefined && former.draft.code === action.markedCode) return;
  const { actions } = context.management;
  const written = {
    code: action.markedCode,
    withSecrets: hasOtherSecrets(action, former, context.desired),
    withTriggers: compareTriggers(action, former.triggers).length > 0,
  };
  context.undo.record(`the draft of ${action.name}`, () => restoreDraft(former, written, context));
  await actions.update(former.id, {
    ...withoutKept(toBody(action), former),
    ...(written.withSecrets && hasAllValues(action) && { secrets: [...action.secrets] }),
    ...(written.withTriggers && { supported_triggers: action.triggers as Management.ActionTrigger[] }),
  });
}

/** What is sent of an Action, but for its secrets: what tenant.yaml does not have stays as it is. */
export function toBody({ markedCode: code, runtime, dependencies }: MarkedAction) {
  return {
    code,
    ...(runtime !== undefined && { runtime }),
    ...(dependencies !== undefined && { dependencies: [...dependencies] }),
  };
}

/** Auth0 may have given up the runtime that the Action has: what is not sent stays. */
function withoutKept({ runtime, ...body }: ReturnType<typeof toBody>, { draft }: LiveAction) {
  return runtime === undefined || runtime === draft.runtime ? body : { ...body, runtime };
}

async function restoreDraft(
  { id, draft, live }: LiveAction,
  written: { readonly code: string; readonly withSecrets: boolean; readonly withTriggers: boolean },
  { management: { actions } }: WriteContext,
): Promise<void> {
  const present = await actions.get(id);
  // A marker covers the secrets too: with this code all of the draft is as it was.
  if (present.code === draft.code && draft.code !== written.code) return;
  if (present.code !== written.code) throw new Error(WRITTEN_SINCE);
  const fromVersion = async (versionId: string) => {
    await actions.versions.deploy(id, versionId, { update_draft: true });
  };
  // Auth0 never returns secrets, and takes no older trigger: the former ones come back with the version that had them.
  if ((written.withSecrets || written.withTriggers) && live !== undefined) return fromVersion(live.versionId);
  const { code, runtime, dependencies } = draft;
  try {
    const body = { code, dependencies: [...dependencies] };
    await actions.update(id, runtime === present.runtime ? body : { ...body, runtime });
  } catch (error) {
    if (live === undefined || live.code !== code) throw error;
    await fromVersion(live.versionId);
  }
}

/** Secrets are sent only when they differ: what is not sent stays, and need not be brought back when a build fails. */
function hasOtherSecrets(action: MarkedAction, former: LiveAction, desired: Desired): boolean {
  const { live, draft } = former;
  if (!hasAllValues(action)) return false;
  if (action.deployed === false) return markedSecretsOf(action.markedCode) !== markedSecretsOf(draft.code);
  if (live === undefined) return true;
  if (action.isVerbatim) {
    return isTouched(live, draft) || planSecrets(desired, action, { content: live, draft }, undefined).length > 0;
  }
  const [marked, present] = [splitMarker(action.markedCode).marker, splitMarker(live.code).marker];
  return marked?.secrets !== present?.secrets || isTouched(live, draft) || live.number !== present?.version;
}

/** Whether somebody has changed secrets of the draft since it was deployed. */
function isTouched(live: Pick<ActionContent, "secrets">, draft: Pick<ActionContent, "secrets">): boolean {
  return live.secrets.some(({ name, updatedAt }) => {
    const other = draft.secrets.find((secret) => secret.name === name);
    return other === undefined || other.updatedAt !== updatedAt;
  });
}

const markedSecretsOf = (code: string): string | undefined => splitMarker(code).marker?.secrets;
