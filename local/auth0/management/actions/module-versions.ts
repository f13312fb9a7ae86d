import { newId } from "../../ids.ts";
import type { ActionModule, ActionModuleVersion } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { microTime } from "../../timestamps.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { getModule, renderModule, renderModuleVersion, versionsOf } from "./module-render.ts";
import { ACTIONS_PAGE_QUERY, renderModulesPage } from "./paging.ts";

export const actionModuleVersions: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/modules/:id/versions",
    scopes: ["read:actions"],
    query: ACTIONS_PAGE_QUERY,
    handle: ({ params, query }) => {
      const { id } = getModule(tenant, params.id);
      return ok(renderModulesPage("versions", versionsOf(tenant, id).map(renderModuleVersion), query));
    },
  }),

  endpoint({
    method: "POST",
    path: "/actions/modules/:id/versions",
    summary: "Publish an action module version",
    scopes: ["update:actions"],
    handle: ({ params }) => ok(renderModuleVersion(publishVersion(tenant, getModule(tenant, params.id)))),
  }),

  endpoint({
    method: "GET",
    path: "/actions/modules/:id/versions/:versionId",
    scopes: ["read:actions"],
    handle: ({ params }) => {
      const { id } = getModule(tenant, params.id);
      return ok(renderModuleVersion(getVersion(tenant, id, params.versionId)));
    },
  }),

  /** Makes the draft what the version is; to publish it is a step of its own. */
  endpoint<{ readonly module_version_id: string }>({
    method: "POST",
    path: "/actions/modules/:id/rollback",
    summary: "Roll back an action module",
    scopes: ["update:actions"],
    body: {
      type: "object",
      required: ["module_version_id"],
      properties: { module_version_id: { type: "string" } },
      additionalProperties: false,
    },
    handle: ({ params, body }) => {
      const module = getModule(tenant, params.id);
      const { code, dependencies, secrets } = getVersion(tenant, module.id, body.module_version_id);
      const updated = { ...module, code, dependencies, secrets, updated_at: microTime(tenant.clock) };
      return ok(renderModule(tenant, tenant.state.actionModules.set(module.id, updated)));
    },
  }),
];

/** Makes a version of the module's draft, which Actions can then name. */
export function publishVersion(tenant: Pick<Tenant, "clock" | "state">, module: ActionModule): ActionModuleVersion {
  const { code, dependencies, secrets } = module;
  const version_number = module.last_version_number + 1;
  tenant.state.actionModules.set(module.id, { ...module, last_version_number: version_number });
  const id = newId.uuid();
  const created_at = microTime(tenant.clock);
  const version = { id, module_id: module.id, version_number, code, dependencies, secrets, created_at };
  return tenant.state.actionModuleVersions.set(id, version);
}

function getVersion(tenant: Pick<Tenant, "state">, moduleId: string, id = ""): ActionModuleVersion {
  const version = tenant.state.actionModuleVersions.get(id);
  if (version?.module_id !== moduleId) throw new ManagementError(404, "That action module version does not exist.");
  return version;
}
