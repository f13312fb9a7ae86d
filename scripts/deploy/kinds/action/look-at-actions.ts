import type { Management } from "auth0";
import { sideBySide } from "../../side-by-side.ts";
import type { WriteContext } from "../../write/context.ts";
import { collect, page } from "../collect.ts";

/** Where to look, and how many Actions there are. */
export interface Looking extends Pick<WriteContext, "management"> {
  readonly tenant: { readonly action: readonly unknown[] };
}

/** These Actions as they are now: by the list, or by a request each, whichever takes fewer requests. */
export async function lookAtActions(
  ids: readonly string[],
  { management: { actions }, tenant }: Looking,
): Promise<readonly Management.Action[]> {
  const pages = Math.ceil(tenant.action.length / page().per_page);
  const listed = ids.length > pages ? await collect(actions.list(page())) : [];
  return sideBySide(ids, async (id) => listed.find((action) => action.id === id) ?? actions.get(id));
}
