import type { BuiltAction } from "../build/build-project.ts";
import type { TenantDocument } from "../tenant/document.ts";
import { stripMarker } from "./kinds/action/marker.ts";
import type { LiveTenant } from "./kinds/live-tenant.ts";

/** What must be live after a deploy. */
export interface ExpectedActions {
  readonly actions: readonly Pick<BuiltAction, "name" | "code">[];
  readonly triggers: TenantDocument["triggers"];
}

export type LiveActions = Pick<LiveTenant, "action" | "flow">;

/** Pure. Says of every Action that is not built, deployed, of our bytes or bound in our order what is wrong with it. */
export function findDeviations({ actions, triggers }: ExpectedActions, live: LiveActions): readonly string[] {
  return [
    ...actions.flatMap((action) => findActionDeviations(action, live)),
    ...Object.keys(triggers ?? {}).flatMap((trigger) => findFlowDeviations(trigger, triggers, live)),
  ];
}

export function findActionDeviations(
  { name, code }: ExpectedActions["actions"][number],
  { action: actions }: LiveActions,
): readonly string[] {
  const found = actions.filter((action) => action.name === name);
  const [action] = found;
  if (action === undefined) return [`${name} does not exist in the tenant`];
  if (found.length > 1) return [`${name} exists ${found.length} times in the tenant`];
  if (action.draft.status !== "built") return [`${name} is not built: its status is ${action.draft.status}`];
  if (action.live === undefined) return [`${name} is built but was never deployed`];
  if (stripMarker(action.live.code) !== stripMarker(code))
    return [`${name}: the deployed code (version ${action.live.number}) is not this build's`];
  return [];
}

/** Actions that are not ours may stand between them. */
export function findFlowDeviations(
  trigger: string,
  triggers: ExpectedActions["triggers"],
  { flow }: LiveActions,
): readonly string[] {
  const ours = (triggers?.[trigger] ?? []).map(({ action_name: name }) => name);
  const bound = (flow.find(({ name }) => name === trigger)?.bindings ?? [])
    .map(({ actionName }) => actionName)
    .filter((name) => ours.includes(name));
  return bound.join("\n") === ours.join("\n")
    ? []
    : [`${trigger} runs ${bound.join(", ") || "none of them"}, not ${ours.join(", ") || "none"}`];
}
