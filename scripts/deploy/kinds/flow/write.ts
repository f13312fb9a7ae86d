import type { Management } from "auth0";
import { CommandError } from "../../../command.ts";
import type { Change, Reorder } from "../../plan/change.ts";
import type { WriteContext } from "../../write/context.ts";
import { WRITTEN_SINCE } from "../../write/undo.ts";
import { collect, page } from "../collect.ts";
import type { LiveFlow } from "./live.ts";

/**
 * Writes the order of each flow: one request, since Auth0 replaces the whole list. The flow is read again just before;
 * what somebody changed in the meantime is not overwritten.
 *
 * @throws {CommandError} PLAN_STALE
 */
export async function writeFlows(
  changes: readonly Change[],
  present: readonly LiveFlow[],
  context: WriteContext,
): Promise<void> {
  for (const change of changes) {
    if (change.operation !== "reorder") continue;
    await checkUnchanged(change, context);
    const former = present.find(({ name }) => name === change.name)?.bindings ?? [];
    const ids = new Map([
      ...context.tenant.action.map(({ id, name }) => [name, id] as const),
      ...former.map(({ actionId, actionName }) => [actionName, actionId] as const),
    ]);
    const wanted = change.after.map((entry) => ({ ...entry, actionId: ids.get(entry.actionName) ?? "" }));
    context.undo.record(`the order of ${change.name}`, async () => {
      const now = await readFlow(change.name, context);
      if (isSame(now, namesOf(former))) return;
      if (!isSame(now, namesOf(wanted))) throw new Error(WRITTEN_SINCE);
      await putFlow(change.name, former, context);
    });
    await putFlow(change.name, wanted, context);
    context.report(change);
  }
}

async function checkUnchanged({ name: trigger, before }: Reorder, context: WriteContext): Promise<void> {
  const names = await readFlow(trigger, context);
  if (isSame(names, before)) return;
  throw new CommandError(
    "PLAN_STALE",
    `Somebody changed the flow ${trigger} since it was planned: it runs ${names.join(", ") || "nothing"}. Plan again.`,
  );
}

async function readFlow(trigger: string, { management }: WriteContext): Promise<readonly string[]> {
  const { bindings } = management.actions.triggers;
  const rows = await collect(bindings.list(trigger as Management.ActionTriggerTypeEnum, page()));
  return rows.map(({ action }) => action?.name ?? "");
}

const namesOf = (entries: readonly { readonly actionName: string }[]) => entries.map(({ actionName }) => actionName);
const isSame = (one: readonly string[], other: readonly string[]) => one.join("\n") === other.join("\n");

/** By id: names of Actions that come from the marketplace are not this tenant's to tell apart. */
async function putFlow(
  trigger: string,
  entries: readonly { readonly actionId: string; readonly displayName: string }[],
  { management }: WriteContext,
): Promise<void> {
  await management.actions.triggers.bindings.updateMany(trigger as Management.ActionTriggerTypeEnum, {
    bindings: entries.map(({ actionId, displayName }) => ({
      ref: { type: "action_id", value: actionId },
      display_name: displayName,
    })),
  });
}
