import type { Management } from "auth0";
import { CommandError } from "../../../command.ts";
import { comesTrue } from "./comes-true.ts";
import type { LiveAction } from "./live.ts";
import { type Looking, lookAtActions } from "./look-at-actions.ts";

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
 * @throws {CommandError} ACTION_NOT_LIVE, PLAN_STALE
 */
export async function awaitLive(
  entries: readonly (Awaited & { readonly action: Pick<LiveAction, "id" | "name"> })[],
  context: Looking,
): Promise<void> {
  let open = entries;
  const isLive = await comesTrue(async () => {
    const seen = await lookAtActions(
      open.map(({ action }) => action.id),
      context,
    );
    for (const [index, entry] of open.entries()) checkOurs(seen[index], entry, entry.action);
    open = open.filter((entry, index) => !isServed(seen[index] ?? {}, entry));
    return open.length === 0;
  });
  if (isLive) return;
  const names = open.map(({ action }) => action.name).join(", ");
  throw new CommandError(
    "ACTION_NOT_LIVE",
    `${names} was deployed, but Auth0 still serves another version. Run npm run status.`,
  );
}

/** What is neither the former version nor ours nobody needs to wait for. */
function checkOurs(
  { deployed_version: live }: Management.Action = {},
  { code, formerVersion }: Awaited,
  { name }: Pick<LiveAction, "name">,
): void {
  if (live?.deployed !== true || live.id === formerVersion || live.code === code) return;
  throw new CommandError(
    "PLAN_STALE",
    `Somebody else deployed ${name} at the same time. Plan again when that is done.`,
  );
}
