import type { Desired, DesiredAction } from "../../plan/desired.ts";
import { refuseEntry } from "../refuse-entry.ts";
import type { LiveAction } from "./live.ts";
import { pathOfAction } from "./path-of-action.ts";

/**
 * Auth0 lets an Action keep its trigger, or take a newer version of it.
 *
 * @throws {CommandError} ACTION_TRIGGER_CHANGED
 */
export function checkTriggers(
  desired: Desired,
  { name, triggers }: DesiredAction,
  { triggers: live }: LiveAction,
): void {
  const refused = triggers.find(({ id, version }) => {
    const present = live.find((candidate) => candidate.id === id);
    return live.length > 0 && (present === undefined || numberOf(version) < numberOf(present.version));
  });
  if (refused === undefined) return;
  const render = (list: LiveAction["triggers"]) => list.map(({ id, version }) => `${id} ${version}`).join(", ");
  throw refuseEntry(
    desired,
    pathOfAction(desired, name, "supported_triggers"),
    "ACTION_TRIGGER_CHANGED",
    `${name} has ${render(live)} in the tenant, and Auth0 changes an Action to a newer version of its trigger only, not to ${render([refused])}. Give the Action for ${refused.id} a name of its own.`,
  );
}

/** `v3` */
const numberOf = (version: string): number => Number(version.replace(/^v/, ""));
