import type { Management, ManagementClient } from "auth0";
import { usageError } from "../command.ts";
import type { LiveTenant } from "../deploy/kinds/live-tenant.ts";
import { describeUnread, type FlowsRead } from "./read-flows.ts";

export interface Unbound {
  readonly trigger: string;
  /** What runs from now on, in order. */
  readonly remaining: readonly string[];
}

/**
 * Takes one Action out of every flow it is in; the others keep their order and names.
 *
 * @throws {CommandError} ACTION_NOT_BOUND; TENANT_UNREADABLE or DEPLOY_SCOPE_MISSING when it may be in a flow that could not be read
 */
export async function unbindAction(
  management: ManagementClient,
  live: Pick<LiveTenant, "flow"> & Partial<Pick<FlowsRead, "unread">>,
  name: string,
): Promise<readonly Unbound[]> {
  const flows = live.flow.filter(({ bindings }) => bindings.some(({ actionName }) => actionName === name));
  if (flows.length === 0) {
    const unread = describeUnread(live.unread ?? []);
    if (unread !== undefined) throw unread;
    const bound = live.flow.flatMap(({ bindings }) => bindings.map(({ actionName }) => actionName));
    throw usageError("ACTION_NOT_BOUND", `"${name}" is in no flow. Bound are: ${bound.join(", ") || "none"}.`);
  }
  const unbound: Unbound[] = [];
  for (const { name: trigger, bindings } of flows) {
    const rest = bindings.filter(({ actionName }) => actionName !== name);
    await management.actions.triggers.bindings.updateMany(trigger as Management.ActionTriggerTypeEnum, {
      bindings: rest.map(({ actionId, displayName }) => ({
        ref: { type: "action_id", value: actionId },
        display_name: displayName,
      })),
    });
    unbound.push({ trigger, remaining: rest.map(({ actionName }) => actionName) });
  }
  return unbound;
}
