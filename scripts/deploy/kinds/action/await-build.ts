import { setTimeout as sleep } from "node:timers/promises";
import type { Management } from "auth0";
import { CommandError } from "../../../command.ts";
import type { WriteContext } from "../../write/context.ts";
import type { Pending } from "./draft.ts";
import type { ActionContent, LiveAction } from "./live.ts";

/** How long a build, or a deploy, may take before it is given up. */
const TIMEOUT_MS = 120_000;

/** Whether it came true in time. */
async function comesTrue(look: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (let looks = 0; Date.now() <= deadline; looks += 1) {
    if (await look()) return true;
    // Short at first, for a tenant on this machine is quick.
    await sleep(Math.min(20 * 2 ** looks, 1_000));
  }
  return false;
}

/** @throws {CommandError} ACTION_BUILD_FAILED, ACTION_BUILD_SLOW */
export async function awaitBuild({ action, former }: Pending, { management }: WriteContext): Promise<void> {
  let status: string | undefined;
  const isBuilt = await comesTrue(async () => {
    ({ status } = await management.actions.get(former.id));
    if (status === "failed") throw buildFailed(action.name, action.dependencies ?? former.draft.dependencies);
    return status === "built";
  });
  if (isBuilt) return;
  throw new CommandError(
    "ACTION_BUILD_SLOW",
    `Auth0 did not build ${action.name} within ${TIMEOUT_MS / 1000} s (status ${status}). Deploy again later.`,
  );
}

function buildFailed(name: string, dependencies: ActionContent["dependencies"]): CommandError {
  const list = dependencies.map((dependency) => `${dependency.name}@${dependency.version}`).join(", ");
  const why =
    dependencies.length === 0
      ? "It has no dependencies: look at the Action in the dashboard."
      : `A build installs dependencies and does nothing else, so one of these cannot be installed: ${list}. Check that the version exists.`;
  return new CommandError("ACTION_BUILD_FAILED", `Auth0 could not build ${name}. ${why}`);
}

/** A version that is to run. Two versions may have the same code, and differ in secrets alone. */
export interface Awaited {
  readonly code: string;
  /** The id of the version that ran before. */
  readonly formerVersion: string | undefined;
}

/** Whether it is what Auth0 serves. */
export function isServed({ deployed_version: live }: Management.Action, { code, formerVersion }: Awaited): boolean {
  return live?.code === code && live.deployed === true && live.id !== formerVersion;
}

/**
 * Auth0 answers a deploy a moment before it serves it.
 *
 * @throws {CommandError} ACTION_NOT_LIVE
 */
export async function awaitLive(
  { id, name }: Pick<LiveAction, "id" | "name">,
  awaited: Awaited,
  { management }: Pick<WriteContext, "management">,
): Promise<void> {
  if (await comesTrue(async () => isServed(await management.actions.get(id), awaited))) return;
  throw new CommandError(
    "ACTION_NOT_LIVE",
    `${name} was deployed, but Auth0 still serves another version. Run npm run status.`,
  );
}
