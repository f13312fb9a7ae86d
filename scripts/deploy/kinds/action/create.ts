import type { Management } from "auth0";
import type { Change } from "../../plan/change.ts";
import { sideBySide } from "../../side-by-side.ts";
import type { WriteContext } from "../../write/context.ts";
import { settlePost } from "../../write/settle-post.ts";
import { toBody } from "./draft.ts";
import type { LiveAction } from "./live.ts";
import { markAction } from "./mark-action.ts";
import { hasAllValues } from "./plan-secrets.ts";

/** New Actions as drafts; they are built and deployed with the others. Names are unique at Auth0, so a repeated POST is refused. */
export async function createActions(
  changes: readonly Change[],
  present: readonly LiveAction[],
  context: WriteContext,
): Promise<void> {
  const { desired, management } = context;
  const names = changes.filter(({ operation }) => operation === "create").map(({ name }) => name);
  const missing = desired.actions.filter(({ name }) => names.includes(name));
  await sideBySide(missing, async (action) => {
    const marked = markAction(action, desired, present);
    const { name } = marked;
    await settlePost(
      async () =>
        (
          await management.actions.create({
            name,
            ...toBody(marked),
            ...(hasAllValues(marked) && { secrets: [...marked.secrets] }),
            supported_triggers: marked.triggers as Management.ActionTrigger[],
          })
        ).id,
      async () => (await context.readAgain("action")).find((action) => action.name === name)?.id,
    );
    context.report({ type: "action", name });
  });
}
