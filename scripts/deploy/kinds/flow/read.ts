import { type Management, type ManagementClient, ManagementError } from "auth0";
import { isEntityBound } from "../../../../local/auth0/management/actions/trigger-table.ts";
import type { TenantDocument } from "../../../tenant/document.ts";
import { sideBySide } from "../../side-by-side.ts";
import type { LiveAction } from "../action/live.ts";
import { collect, page } from "../collect.ts";
import type { TenantReader } from "../kind.ts";
import type { LiveBinding, LiveFlow } from "./live.ts";

export async function readFlows(reader: TenantReader): Promise<readonly LiveFlow[]> {
  const triggers = listTriggers(reader.document, await reader.read("action"));
  const flows = await sideBySide(triggers, (trigger) => readFlow(reader.management, trigger));
  return flows.filter((flow) => flow !== undefined);
}

/** The triggers that tenant.yaml names and those that any Action can be bound to: a dropped one may still be bound. */
export function listTriggers(
  document: Pick<TenantDocument, "triggers">,
  actions: readonly Pick<LiveAction, "triggers">[],
): readonly string[] {
  const supported = actions.flatMap(({ triggers }) => triggers.map(({ id }) => id));
  return [...new Set([...Object.keys(document.triggers ?? {}), ...supported])]
    .filter((name) => !isEntityBound(name))
    .sort();
}

/** Undefined for a trigger that has no flow. */
export async function readFlow(management: ManagementClient, trigger: string): Promise<LiveFlow | undefined> {
  const { bindings } = management.actions.triggers;
  try {
    const rows = await collect(bindings.list(trigger as Management.ActionTriggerTypeEnum, page()));
    return { id: trigger, name: trigger, isSystem: true, bindings: rows.map(toBinding) };
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

/** As Auth0 does for a trigger that has no flow: there may be more of those than are known here. */
function isRefused(error: unknown): boolean {
  return error instanceof ManagementError && error.statusCode === 400 && /entity-bound trigger/i.test(error.message);
}

function toBinding(binding: Management.ActionBinding): LiveBinding {
  const actionName = binding.action?.name ?? "";
  return {
    id: binding.id ?? "",
    actionId: binding.action?.id ?? "",
    actionName,
    displayName: binding.display_name ?? actionName,
  };
}
