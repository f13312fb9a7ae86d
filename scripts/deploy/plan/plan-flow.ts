import type { LiveBinding, LiveTenant } from "../live/live-tenant.ts";
import { unsealCode } from "../seal.ts";
import type { FlowEntry, Reorder, Warning } from "./change.ts";
import type { Desired } from "./desired.ts";
import { orderBindings } from "./order-bindings.ts";

/** The order of every trigger that tenant.yaml names, or in which an Action of ours is bound. */
export function planFlows(desired: Desired, live: LiveTenant): readonly Reorder[] {
  const owned = listOwned(desired, live);
  const triggers = new Set([
    ...Object.keys(desired.document.triggers ?? {}),
    ...Object.entries(live.bindings)
      .filter(([, bindings]) => bindings.some((binding) => owned.has(binding.actionName)))
      .map(([trigger]) => trigger),
  ]);
  return [...triggers].flatMap((trigger) => planFlow(trigger, desired, live.bindings[trigger] ?? [], owned));
}

/** Names of Actions that are ours: in tenant.yaml, or sealed as ours by an earlier deploy (renamed or dropped since). */
export function listOwned(desired: Desired, live: LiveTenant): ReadonlySet<string> {
  const sealed = live.actions.filter(
    (action) => unsealCode(action.live?.code ?? action.draft.code).seal?.owner === desired.owner,
  );
  return new Set([...desired.actions.map(({ name }) => name), ...sealed.map(({ name }) => name)]);
}

function planFlow(
  trigger: string,
  desired: Desired,
  bindings: readonly LiveBinding[],
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
  return [{ operation: "reorder", type: "flow", name: trigger, trigger, fields: [], before, after }];
}

/** An Action that starts to run, or stops running, at everybody's login. */
export function warnOfFlows(flows: readonly Reorder[]): readonly Warning[] {
  return flows.flatMap(({ trigger, before, after }) => {
    const names = after.map(({ actionName }) => actionName);
    return [
      ...names
        .filter((name) => !before.includes(name))
        .map((name) => ({
          code: "ACTION_BOUND",
          message: `${name} is bound to ${trigger} for the first time: it runs at every login from then on.`,
        })),
      ...before
        .filter((name) => !names.includes(name))
        .map((name) => ({
          code: "ACTION_UNBOUND",
          message: `${name} is taken out of ${trigger}: logins pass without it.`,
        })),
    ];
  });
}
