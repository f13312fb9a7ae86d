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
    const former = live.bindings[change.trigger] ?? [];
    const ids = new Map([
      ...live.actions.map(({ id, name }) => [name, id] as const),
      ...former.map(({ actionId, actionName }) => [actionName, actionId] as const),
    ]);
    const wanted = change.after.map((entry) => ({ ...entry, actionId: ids.get(entry.actionName) ?? "" }));
    context.undo.record(`the order of ${change.trigger}`, async () => {
      const present = await readFlow(change.trigger, context);
      if (isSame(present, namesOf(former))) return;
      if (!isSame(present, namesOf(wanted))) throw new Error("somebody else has written it since");
      await putFlow(change.trigger, former, context);
    });
    await putFlow(change.trigger, wanted, context);
    report(context, `ordered ${change.trigger}`);
  }
}

async function checkUnchanged({ trigger, before }: Reorder, context: ApplyContext): Promise<void> {
  const names = await readFlow(trigger, context);
  if (isSame(names, before)) return;
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

const namesOf = (entries: readonly { readonly actionName: string }[]) => entries.map(({ actionName }) => actionName);
const isSame = (one: readonly string[], other: readonly string[]) => one.join("\n") === other.join("\n");

/** By id: names of Actions that come from the marketplace are not this tenant's to tell apart. */
async function putFlow(
  trigger: string,
  entries: readonly { readonly actionId: string; readonly displayName: string }[],
  { management }: ApplyContext,
): Promise<void> {
  await management.actions.triggers.bindings.updateMany(trigger as Management.ActionTriggerTypeEnum, {
    bindings: entries.map(({ actionId, displayName }) => ({
      ref: { type: "action_id", value: actionId },
      display_name: displayName,
    })),
  });
}
