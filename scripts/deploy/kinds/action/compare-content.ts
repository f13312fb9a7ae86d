import { compareFields, type FieldChange } from "../../compare/compare-fields.ts";
import type { DesiredAction } from "../../plan/desired.ts";
import type { LiveAction } from "./live.ts";

/** As a version of a package: Auth0 takes the newest of the day, and keeps it. So it does with none. */
export const NEWEST = "latest";

export function compareDependencies(
  { dependencies }: DesiredAction,
  live: readonly { readonly name: string; readonly version: string }[],
): readonly FieldChange[] {
  if (dependencies === undefined) return [];
  const byName = (list: readonly { readonly name: string; readonly version: string }[]) =>
    new Map(list.map(({ name, version }) => [name, version] as const));
  const [wanted, present] = [byName(dependencies), byName(live)];
  return [...new Set([...wanted.keys(), ...present.keys()])]
    .filter((name) => wanted.get(name) !== present.get(name) && !(wanted.get(name) === NEWEST && present.has(name)))
    .map((name) => ({ path: `dependencies[${name}]`, before: present.get(name), after: wanted.get(name) }));
}

/** Another trigger cannot be written: checkTriggers has refused it. */
export function compareTriggers({ triggers }: DesiredAction, live: LiveAction["triggers"]): readonly FieldChange[] {
  return triggers.flatMap(({ id, version }) => {
    const before = live.find((candidate) => candidate.id === id)?.version;
    return before === version ? [] : [{ path: `supported_triggers[${id}].version`, before, after: version }];
  });
}

/** A draft that differs from what runs goes live at somebody's next deploy by hand. */
export function compareDraft({ draft, live }: LiveAction): readonly FieldChange[] {
  if (live === undefined) return [];
  const isSame =
    draft.code === live.code &&
    draft.runtime === live.runtime &&
    compareFields({ dependencies: draft.dependencies }, { dependencies: live.dependencies }).length === 0;
  return isSame ? [] : [{ path: "draft", before: "differs from the deployed version", after: "as deployed" }];
}
