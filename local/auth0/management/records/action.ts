import type { Action } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { ManagementError } from "../error.ts";

/** Throws 404. */
export function getAction({ state }: Pick<Tenant, "state">, id: string | undefined): Action {
  const action = id === undefined ? undefined : state.actions.get(id);
  if (action === undefined) throw new ManagementError(404, "That action does not exist.");
  return action;
}
