import { findTrigger } from "../../../../local/auth0/management/actions/trigger-table.ts";
import type { Desired, DesiredAction } from "../../plan/desired.ts";
import { refuseEntry } from "../refuse-entry.ts";
import type { LiveAction } from "./live.ts";
import { pathOfAction } from "./path-of-action.ts";

/** Auth0 docs, "Migrate to Node.js 22": Actions that have them keep them. */
const RETIRED = ["node12", "node16", "node18"];

/**
 * What Auth0 has given up it takes for no other Action. Runtimes that are not known here may be newer than this list.
 *
 * @throws {CommandError} ACTION_RUNTIME_RETIRED
 */
export function checkRuntime(
  desired: Pick<Desired, "document" | "locate">,
  { name, runtime, triggers: [trigger] }: DesiredAction,
  present: LiveAction | undefined,
): void {
  if (runtime === undefined || !RETIRED.includes(runtime) || present?.draft.runtime === runtime) return;
  const offered = trigger === undefined ? undefined : findTrigger(trigger.id, trigger.version)?.runtimes;
  if (offered?.includes(runtime)) return;
  const choices = offered?.toReversed().join(" or ") ?? "node22";
  throw refuseEntry(
    desired,
    pathOfAction(desired, name, "runtime"),
    "ACTION_RUNTIME_RETIRED",
    `${name} ${present === undefined ? "is new" : `has ${present.draft.runtime} in the tenant`}, and Auth0 gives ${runtime} to no Action that does not have it. Write ${choices}.`,
  );
}
