import { newId } from "../../ids.ts";
import type { ActionModule } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { microTime } from "../../timestamps.ts";
import { created, endpoint, NO_CONTENT, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { type DependencyBody, type SecretBody, toSecrets } from "./draft.ts";
import { checkSecretLimits } from "./limits.ts";
import { actionsUsing, getModule, renderModule, versionsOf } from "./module-render.ts";
import { publishVersion } from "./module-versions.ts";
import { ACTIONS_PAGE_QUERY, renderActionsPage, renderModulesPage } from "./paging.ts";
import { pinDependencies } from "./pin-dependencies.ts";
import { DEPENDENCIES, SECRETS } from "./schema.ts";

interface ModuleBody {
  readonly name?: string;
  readonly code?: string;
  readonly dependencies?: readonly DependencyBody[];
  readonly secrets?: readonly SecretBody[];
  readonly publish?: boolean;
}

const CONTENT = {
  code: { type: "string", minLength: 1, maxLength: 65_536, description: "The source code of the action module." },
  secrets: SECRETS,
  dependencies: DEPENDENCIES,
};

/** Code that several Actions share. The Deploy CLI lists these before it looks at any Action. */
export const actionModules: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/modules",
    scopes: ["read:actions"],
    query: ACTIONS_PAGE_QUERY,
    handle: ({ query }) => {
      const modules = tenant.state.actionModules.values().map((module) => renderModule(tenant, module));
      return ok(renderModulesPage("modules", modules, query));
    },
  }),

  endpoint<ModuleBody>({
    method: "POST",
    path: "/actions/modules",
    summary: "Create an action module",
    scopes: ["create:actions"],
    body: {
      type: "object",
      required: ["name", "code"],
      properties: {
        name: { type: "string", minLength: 1, maxLength: 255, description: "The name of the action module." },
        ...CONTENT,
        api_version: { type: "string", maxLength: 20 },
        publish: { type: "boolean" },
      },
      additionalProperties: false,
    },
    handle: async ({ body }) => {
      checkSecretLimits(body.secrets, "CreateActionModuleRequest");
      const content = await readContent(tenant, body);
      const { name = "", code = "" } = body;
      if (tenant.state.actionModules.find((module) => module.name === name) !== undefined) {
        throw new ManagementError(409, "An action module with the same name already exists.");
      }
      const now = microTime(tenant.clock);
      const empty = { dependencies: [], secrets: [], last_version_number: 0, created_at: now, updated_at: now };
      const module = { id: newId.uuid(), name, code, ...empty, ...content };
      tenant.state.actionModules.set(module.id, module);
      if (body.publish === true) publishVersion(tenant, module);
      return created(renderModule(tenant, getModule(tenant, module.id)));
    },
  }),

  endpoint({
    method: "GET",
    path: "/actions/modules/:id",
    scopes: ["read:actions"],
    handle: ({ params }) => ok(renderModule(tenant, getModule(tenant, params.id))),
  }),

  endpoint<ModuleBody>({
    method: "PATCH",
    path: "/actions/modules/:id",
    summary: "Update an action module",
    scopes: ["update:actions"],
    body: { type: "object", properties: CONTENT, additionalProperties: false },
    handle: async ({ params, body }) => {
      getModule(tenant, params.id);
      checkSecretLimits(body.secrets, "UpdateActionModuleRequest");
      const content = await readContent(tenant, body);
      const module = getModule(tenant, params.id);
      const updated = { ...module, ...content, updated_at: microTime(tenant.clock) };
      return ok(renderModule(tenant, tenant.state.actionModules.set(module.id, updated)));
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/actions/modules/:id",
    summary: "Delete an action module",
    scopes: ["delete:actions"],
    handle: ({ params }) => {
      const { id } = getModule(tenant, params.id);
      if (actionsUsing(tenant, id).length > 0) {
        throw new ManagementError(412, "Unable to delete an action module that is used by an action.");
      }
      for (const version of versionsOf(tenant, id)) tenant.state.actionModuleVersions.delete(version.id);
      tenant.state.actionModules.delete(id);
      return NO_CONTENT;
    },
  }),

  endpoint({
    method: "GET",
    path: "/actions/modules/:id/actions",
    scopes: ["read:actions"],
    query: ACTIONS_PAGE_QUERY,
    handle: ({ params, query }) => {
      const { id } = getModule(tenant, params.id);
      return ok(renderActionsPage("actions", actionsUsing(tenant, id), query, 50));
    },
  }),
];

/** What of the content the body names. */
async function readContent(
  tenant: Pick<Tenant, "actionBuilds" | "clock" | "log">,
  { code, dependencies: asked, secrets }: ModuleBody,
): Promise<Partial<Pick<ActionModule, "code" | "dependencies" | "secrets">>> {
  const dependencies = await pinDependencies(tenant, asked);
  return {
    ...(code !== undefined && { code }),
    ...(dependencies !== undefined && { dependencies }),
    ...(secrets !== undefined && { secrets: toSecrets(tenant, secrets) }),
  };
}
