import type { WriteContext } from "../../write/context.ts";
import type { LiveAction } from "./live.ts";
import type { MarkedAction } from "./mark-action.ts";
import { splitMarker } from "./marker.ts";

/** An Action that is to be written, and how it was. */
export interface Pending {
  readonly action: MarkedAction;
  readonly former: LiveAction;
}

export async function writeDraft({ action, former }: Pending, context: WriteContext): Promise<void> {
  // Made in this deploy, as it is to be: its marker covers the secrets too.
  if (former.live === undefined && former.draft.code === action.markedCode) return;
  const { actions } = context.management;
  const withSecrets = hasOtherSecrets(action, former);
  context.undo.record(`the draft of ${action.name}`, () =>
    restoreDraft(former, action.markedCode, withSecrets, context),
  );
  await actions.update(former.id, {
    ...toBody(action),
    ...(withSecrets && action.secrets !== undefined && { secrets: [...action.secrets] }),
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
  if (action.secrets === undefined) return false;
  if (live === undefined) return true;
  const [marked, present] = [splitMarker(action.markedCode).marker, splitMarker(live.code).marker];
  const isTouched = live.secrets.some(({ name, updatedAt }) => {
    const other = draft.secrets.find((secret) => secret.name === name);
    return other === undefined || other.updatedAt !== updatedAt;
  });
  return marked?.secrets !== present?.secrets || isTouched || live.number !== present?.version;
}
