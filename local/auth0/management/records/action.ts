import type { Action } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { getOr404 } from "../error.ts";

/** Throws 404. */
export function getAction({ state }: Pick<Tenant, "state">, id = ""): Action {
  return getOr404(state.actions.get(id), "That action does not exist.");
}
