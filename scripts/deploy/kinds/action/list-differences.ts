import { isDeepStrictEqual } from "node:util";
import type { ActionContent, LiveAction } from "./live.ts";

/** Versions are told apart by their content, since a return to an old one has a new number. */
export function listActionDifferences(before: LiveAction, after: LiveAction): readonly string[] {
  const { name, live, draft, triggers } = before;
  return [
    ...(isDeepStrictEqual(triggers, after.triggers) ? [] : [`the trigger of ${name}`]),
    ...(isSame(live, after.live) ? [] : [`version ${live?.number ?? "none"} of ${name}`]),
    ...(isSame(draft, after.draft) ? [] : [`the draft of ${name}`]),
  ];
}

function isSame(one: ActionContent | undefined, other: ActionContent | undefined): boolean {
  return isDeepStrictEqual(contentOf(one), contentOf(other));
}

/** Without dates: a secret that came back with its version may have another. */
function contentOf(content: ActionContent | undefined): unknown {
  if (content === undefined) return undefined;
  const { code, runtime, dependencies, secrets } = content;
  return { code, runtime, dependencies, secrets: secrets.map(({ name }) => name).sort() };
}
