import {
  deployVersion,
  findLiveVersion,
  isDeployed,
  listVersions,
  type VersionRecords,
} from "../../actions/build/versions.ts";
import type { Action, ActionVersion } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { nanoTime } from "../../timestamps.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { getAction } from "../records/action.ts";
import { ACTIONS_PAGE_QUERY, renderActionsPage } from "./paging.ts";
import { renderVersion } from "./render.ts";
import { ROLL_BACK } from "./schema.ts";

export const actionVersions: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/actions/:actionId/versions",
    scopes: ["read:actions"],
    query: ACTIONS_PAGE_QUERY,
    handle: ({ params, query }) => {
      const action = getAction(tenant, params.actionId);
      const versions = listVersions(tenant, action).map((version) => renderStored(tenant, action, version));
      return ok(renderActionsPage("versions", versions, query));
    },
  }),

  endpoint({
    method: "GET",
    path: "/actions/actions/:actionId/versions/:id",
    scopes: ["read:actions"],
    handle: ({ params }) => {
      const action = getAction(tenant, params.actionId);
      return ok(renderStored(tenant, action, getVersion(tenant, action, params.id)));
    },
  }),

  /** Rolls back: what was deployed once is deployed again, as a version of its own. */
  endpoint<{ readonly update_draft?: boolean } | null>({
    method: "POST",
    path: "/actions/actions/:actionId/versions/:id/deploy",
    summary: "Roll back to a previous action version",
    scopes: ["create:actions"],
    body: ROLL_BACK,
    handle: ({ params, body }) => {
      const action = getAction(tenant, params.actionId);
      const { code, runtime, dependencies, secrets, modules } = getVersion(tenant, action, params.id);
      const content = { code, runtime, dependencies, secrets, modules };
      if (body?.update_draft === true) {
        // It is the content of a version that was built: there is nothing left to build.
        const build = { requested_at: 0, failures: [] };
        tenant.state.actions.set(action.id, { ...action, draft: content, build, updated_at: nanoTime(tenant.clock) });
      }
      const current = getAction(tenant, action.id);
      return ok(renderVersion(tenant, current, deployVersion(tenant, current, content), "requested"));
    },
  }),
];

function getVersion(tenant: Pick<Tenant, "state">, action: Action, id = ""): ActionVersion {
  const version = tenant.state.actionVersions.get(id);
  if (version?.action_id !== action.id) throw new ManagementError(404, "That action version does not exist.");
  return version;
}

function renderStored(tenant: VersionRecords, action: Action, version: ActionVersion): unknown {
  if (!isDeployed(tenant, version)) return renderVersion(tenant, action, version, "requested");
  const isLive = findLiveVersion(tenant, action)?.id === version.id;
  return renderVersion(tenant, action, version, isLive ? "live" : "former");
}
