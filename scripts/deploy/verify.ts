import type { BuiltAction } from "../build/build-project.ts";
import type { TenantDocument } from "../tenant/document.ts";
import type { LiveAction } from "./read.ts";

/** What must be live after a deploy. */
export interface ExpectedActions {
  readonly actions: readonly Pick<BuiltAction, "name" | "code">[];
  readonly triggers: TenantDocument["triggers"];
}

export interface LiveActions {
  readonly actions: readonly LiveAction[];
  /** Names by trigger, in order. */
  readonly flows: ReadonlyMap<string, readonly string[]>;
}

/** Pure. Says of every Action that is not built, deployed, of our bytes or bound in our order what is wrong with it. */
export function findDeviations(expected: ExpectedActions, live: LiveActions): readonly string[] {
  return [
    ...expected.actions.flatMap((action) => findActionDeviations(action, live.actions)),
    ...Object.entries(expected.triggers ?? {}).flatMap(([trigger, bindings]) =>
      findFlowDeviations(
        trigger,
        bindings.map(({ action_name: name }) => name),
        live.flows.get(trigger) ?? [],
      ),
    ),
  ];
}

function findActionDeviations(
  { name, code }: ExpectedActions["actions"][number],
  live: readonly LiveAction[],
): readonly string[] {
  const found = live.filter((action) => action.name === name);
  const [action] = found;
  if (action === undefined) return [`${name} does not exist in the tenant`];
  if (found.length > 1) return [`${name} exists ${found.length} times in the tenant`];
  if (action.status !== "built") return [`${name} is not built: its status is ${action.status}`];
  if (action.deployed === undefined) return [`${name} is built but was never deployed`];
  if (action.deployed.code !== code)
    return [`${name}: the deployed code (version ${action.deployed.version}) is not this build's`];
  if (!action.allChangesDeployed) return [`${name} has changes that are not deployed`];
  return [];
}

/** Actions that are not ours may stand between them. */
function findFlowDeviations(trigger: string, ours: readonly string[], live: readonly string[]): readonly string[] {
  const bound = live.filter((name) => ours.includes(name));
  return bound.join("\n") === ours.join("\n")
    ? []
    : [`${trigger} runs ${bound.join(", ") || "none of them"}, not ${ours.join(", ") || "none"}`];
}
