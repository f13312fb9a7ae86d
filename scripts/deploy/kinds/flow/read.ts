import { type Management, ManagementError } from "auth0";
import { isEntityBound } from "../../../../local/auth0/management/actions/trigger-table.ts";
import { collect, mapInTurn, page } from "../collect.ts";
import type { TenantReader } from "../kind.ts";
import type { LiveBinding, LiveFlow } from "./live.ts";

/** The triggers that tenant.yaml names and those that any Action can be bound to: a dropped one may still be bound. */
export async function readFlows(reader: TenantReader): Promise<readonly LiveFlow[]> {
  const actions = await reader.read("action");
  const supported = actions.flatMap(({ triggers }) => triggers.map(({ id }) => id));
  const names = [...new Set([...Object.keys(reader.document.triggers ?? {}), ...supported])].filter(
    (name) => !isEntityBound(name),
  );
  const { bindings } = reader.management.actions.triggers;
  const flows = await mapInTurn(names.sort(), async (name): Promise<readonly LiveFlow[]> => {
    try {
      const rows = await collect(bindings.list(name as Management.ActionTriggerTypeEnum, page()));
      return [{ id: name, name, isSystem: true, bindings: rows.map(toBinding) }];
    } catch (error) {
      if (isRefused(error)) return [];
      throw error;
    }
  });
  return flows.flat();
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
