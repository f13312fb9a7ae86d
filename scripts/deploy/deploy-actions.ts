import { CommandError } from "../command.ts";
import { rollBack } from "./apply/roll-back.ts";
import type { TenantConnection } from "./connect.ts";
import { action } from "./kinds/action/kind.ts";
import type { LiveTenant } from "./kinds/live-tenant.ts";
import { readLiveKinds } from "./live/read-live-tenant.ts";
import type { Desired } from "./plan/desired.ts";
import type { WriteContext } from "./write/context.ts";
import { createUndoLog } from "./write/undo.ts";

export interface DeployActionsOptions {
  readonly desired: Desired;
  readonly connection: TenantConnection;
  /** As the last deploy left it: nobody else writes to this tenant. */
  readonly live: LiveTenant;
}

/**
 * Puts changed code of Actions live that are deployed already, and looks at nothing else: what is left of a deploy when everything
 * but code is as it was. Resolves to the tenant as it is then, the same one when no code differs.
 *
 * @throws {CommandError} of kinds/action/write.ts by way of apply/roll-back.ts; DEPLOY_NOT_VERIFIED
 */
export async function deployActions({ desired, connection, live }: DeployActionsOptions): Promise<LiveTenant> {
  const { management, domain } = connection;
  const changes = action.plan(desired, live.action, live);
  if (changes.length === 0) return live;
  const read = async (): Promise<LiveTenant> => ({
    ...live,
    ...(await readLiveKinds(management, domain, desired.document, ["action"])),
  });
  const context: WriteContext = {
    management,
    desired,
    tenant: live,
    readAgain: async (type) => (await readLiveKinds(management, domain, desired.document, [type]))[type],
    undo: createUndoLog(() => {}),
    report: () => {},
  };
  try {
    await action.update(changes, live.action, context);
    const after = await read();
    const open = action.plan(desired, after.action, after);
    if (open.length === 0) return after;
    const names = open.map(({ name }) => name).join(", ");
    throw new CommandError("DEPLOY_NOT_VERIFIED", `What is live is not what was deployed: ${names}`);
  } catch (error) {
    throw await rollBack(error, { ...context, onProgress: () => {} }, read);
  }
}
