import type { Management } from "auth0";
import { CommandError } from "../../command.ts";
import type { LiveTenant } from "../live/live-tenant.ts";
import type { Change, Reorder } from "../plan/change.ts";
import { type ApplyContext, report } from "./context.ts";

/**
 * Writes the order of each flow: one request, since Auth0 replaces the whole list. The flow is read again just before;
 * what somebody changed in the meantime is not overwritten.
 *
 * @throws CommandError PLAN_STALE
 */
export async function writeFlows(changes: readonly Change[], live: LiveTenant, context: ApplyContext): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "reorder") continue;
    await checkUnchanged(change, context);
    const former = (live.bindings[change.trigger] ?? []).map(({ actionName, displayName }) => ({
      actionName,
      displayName,
    }));
    context.undo.record(`the order of ${change.trigger}`, () => putFlow(change.trigger, former, context));
    await putFlow(change.trigger, change.after, context);
    report(context, `ordered ${change.trigger}`);
  }
}

async function checkUnchanged({ trigger, before }: Reorder, context: ApplyContext): Promise<void> {
  const names = await readFlow(trigger, context);
  if (names.join("\n") === before.join("\n")) return;
  throw new CommandError(
    "PLAN_STALE",
    `Somebody changed the flow ${trigger} since it was planned: it runs ${names.join(", ") || "nothing"}. Plan again.`,
  );
}

async function readFlow(trigger: string, { management }: ApplyContext): Promise<readonly string[]> {
  const names: string[] = [];
  const page = await management.actions.triggers.bindings.list(trigger as Management.ActionTriggerTypeEnum, {
    per_page: 100,
  });
  for await (const { action } of page) names.push(action?.name ?? "");
  return names;
}

async function putFlow(
  trigger: string,
  entries: readonly { readonly actionName: string; readonly displayName: string }[],
  { management }: ApplyContext,
): Promise<void> {
  await management.actions.triggers.bindings.updateMany(trigger as Management.ActionTriggerTypeEnum, {
    bindings: entries.map(({ actionName, displayName }) => ({
      ref: { type: "action_name", value: actionName },
      display_name: displayName,
    })),
  });
}
