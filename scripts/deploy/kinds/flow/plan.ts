import type { FlowEntry, Reorder } from "../../plan/change.ts";
import type { Desired } from "../../plan/desired.ts";
import { isOurs } from "../action/plan.ts";
import type { LiveTenant } from "../live-tenant.ts";
import type { LiveFlow } from "./live.ts";
import { orderBindings } from "./order-bindings.ts";

/** The order of every trigger that tenant.yaml names; in those, Actions of ours that it has dropped are taken out. */
export function planFlows(
  desired: Desired,
  present: readonly LiveFlow[],
  { action }: Pick<LiveTenant, "action">,
): readonly Reorder[] {
  const owned = new Set([
    ...desired.actions.map(({ name }) => name),
    ...action.filter((candidate) => isOurs(candidate, desired)).map(({ name }) => name),
  ]);
  return Object.keys(desired.document.triggers ?? {}).flatMap((trigger) =>
    planFlow(trigger, desired, present.find(({ name }) => name === trigger)?.bindings ?? [], owned),
  );
}

function planFlow(
  trigger: string,
  desired: Desired,
  bindings: LiveFlow["bindings"],
  owned: ReadonlySet<string>,
): readonly Reorder[] {
  const wanted = new Map(
    (desired.document.triggers?.[trigger] ?? []).map(
      ({ action_name, display_name }) => [action_name, display_name ?? action_name] as const,
    ),
  );
  const present = new Map(bindings.map(({ actionName, displayName }) => [actionName, displayName] as const));
  const order = orderBindings([...present.keys()], [...wanted.keys()], (name) => owned.has(name));
  const after: readonly FlowEntry[] = order.map((actionName) => ({
    actionName,
    displayName: wanted.get(actionName) ?? present.get(actionName) ?? actionName,
    isOurs: wanted.has(actionName),
  }));
  const before = [...present.keys()];
  const isSame = after.every(
    (entry, index) => before[index] === entry.actionName && present.get(entry.actionName) === entry.displayName,
  );
  if (isSame && before.length === after.length) return [];
  return [{ operation: "reorder", type: "flow", name: trigger, fields: [], before, after }];
}
