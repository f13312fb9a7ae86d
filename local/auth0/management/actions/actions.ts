import { buildDuration, buildStatusAt } from "../../actions/build/build.ts";
import { requestBuild } from "../../actions/build/request-build.ts";
import { deployVersion, findLiveVersion, type VersionRecords } from "../../actions/build/versions.ts";
import { newId } from "../../ids.ts";
import type { Action } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { nanoTime } from "../../timestamps.ts";
import { created, endpoint, NO_CONTENT, ok, type Query, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { getAction } from "../records/action.ts";
import { type ActionBody, checkUpgrade, toDraft, toTrigger } from "./draft.ts";
import { checkLimits } from "./limits.ts";
import { ACTIONS_PAGE_QUERY, renderActionsPage } from "./paging.ts";
import { pinDependencies } from "./pin-dependencies.ts";
import { renderAction, renderVersion } from "./render.ts";
import { CREATE_ACTION, UPDATE_ACTION } from "./schema.ts";

/** Auth0 docs, "Entity Limit Policy". */
const MOST_ACTIONS = 100;

export const actions: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/actions",
    scopes: ["read:actions"],
    query: {
      ...ACTIONS_PAGE_QUERY,
      triggerId: { type: "string", description: "An actions extensibility point." },
      actionName: { type: "string", description: "The name of the action to retrieve." },
      deployed: { type: "boolean" },
      installed: { type: "boolean" },
    },
    handle: ({ query }) => {
      const found = tenant.state.actions.filter((action) => isAskedFor(tenant, action, query));
      const rendered = found.map((action) => renderAction(tenant, action));
      return ok(renderActionsPage("actions", rendered, query));
    },
  }),

  endpoint<ActionBody>({
    method: "POST",
    path: "/actions/actions",
    summary: "Create an action",
    scopes: ["create:actions"],
    body: CREATE_ACTION,
    handle: async ({ body }) => {
      checkLimits(body, "CreateActionRequest");
      const dependencies = await pinDependencies(tenant, body.dependencies);
      const name = body.name ?? "";
      checkNameIsFree(tenant, name);
      if (tenant.state.actions.size >= MOST_ACTIONS) {
        const message = "You reached the limit of entities of this type for this tenant.";
        throw new ManagementError(403, message, "too_many_entities");
      }
      const trigger = toTrigger(body.supported_triggers);
      const draft = toDraft(tenant, { ...body, dependencies }, trigger);
      const id = newId.uuid();
      const thenDeploy = body.deploy === true;
      const action: Action = {
        id,
        name,
        supported_triggers: [{ id: trigger.id, version: trigger.version }],
        draft,
        build: requestBuild(tenant, { id, name, draft }, { thenDeploy }),
        version_ids: [],
        last_version_number: 0,
        created_at: nanoTime(tenant.clock),
        updated_at: nanoTime(tenant.clock),
      };
      tenant.state.actions.set(action.id, action);
      if (thenDeploy && action.build.installing === undefined) {
        deployVersion(tenant, action, draft, buildDuration(tenant.actionBuilds));
      }
      return created(renderAction(tenant, getAction(tenant, action.id)));
    },
  }),

  endpoint({
    method: "GET",
    path: "/actions/actions/:id",
    scopes: ["read:actions"],
    handle: ({ params }) => ok(renderAction(tenant, getAction(tenant, params.id))),
  }),

  endpoint<ActionBody>({
    method: "PATCH",
    path: "/actions/actions/:id",
    summary: "Update an action",
    scopes: ["update:actions"],
    body: UPDATE_ACTION,
    handle: async ({ params, body }) => {
      getAction(tenant, params.id);
      checkLimits(body, "UpdateActionRequest");
      const dependencies = await pinDependencies(tenant, body.dependencies);
      // As it is by now: another update may have come meanwhile.
      const action = getAction(tenant, params.id);
      const name = body.name ?? action.name;
      checkNameIsFree(tenant, name, action.id);
      const trigger = toTrigger(body.supported_triggers ?? action.supported_triggers);
      checkUpgrade(action.supported_triggers[0], trigger);
      const draft = toDraft(tenant, { ...body, dependencies }, trigger, action.draft);
      const updated = tenant.state.actions.set(action.id, {
        ...action,
        name,
        supported_triggers: [{ id: trigger.id, version: trigger.version }],
        draft,
        // Every update builds anew, even one that changes nothing.
        build: requestBuild(tenant, { id: action.id, name, draft }, { thenDeploy: false }),
        updated_at: nanoTime(tenant.clock),
      });
      return ok(renderAction(tenant, updated));
    },
  }),

  endpoint({
    method: "DELETE",
    path: "/actions/actions/:id",
    summary: "Delete an action",
    scopes: ["delete:actions"],
    query: { force: { type: "boolean", description: "Force action deletion detaching bindings" } },
    handle: ({ params, query }) => {
      const action = getAction(tenant, params.id);
      if (query.force !== true && isBound(tenant, action)) {
        throw new ManagementError(409, "Unable to delete an action bound to a trigger.");
      }
      unbind(tenant, action.id);
      for (const id of action.version_ids) tenant.state.actionVersions.delete(id);
      tenant.state.actions.delete(action.id);
      return NO_CONTENT;
    },
  }),

  endpoint({
    method: "POST",
    path: "/actions/actions/:id/deploy",
    summary: "Deploy an action",
    scopes: ["create:actions"],
    handle: ({ params }) => {
      const action = getAction(tenant, params.id);
      if (buildStatusAt(action.build, tenant.actionBuilds, tenant.clock()) !== "built") {
        throw new ManagementError(400, "A draft must be in the 'built' state before it can be deployed.");
      }
      return ok(renderVersion(tenant, action, deployVersion(tenant, action, action.draft), "requested"));
    },
  }),
];

function isAskedFor(tenant: VersionRecords, action: Action, query: Query): boolean {
  if (query.triggerId !== undefined && action.supported_triggers[0]?.id !== query.triggerId) return false;
  if (query.actionName !== undefined && action.name !== query.actionName) return false;
  // Installed ones come from the marketplace, and here there is none.
  if (query.installed === true) return false;
  return query.deployed === undefined || query.deployed === (findLiveVersion(tenant, action) !== undefined);
}

function checkNameIsFree(tenant: Pick<Tenant, "state">, name: string, except?: string): void {
  if (tenant.state.actions.find((action) => action.name === name && action.id !== except) !== undefined) {
    throw new ManagementError(409, "An action with the same name already exists.");
  }
}

function unbind(tenant: Pick<Tenant, "state">, actionId: string): void {
  for (const flow of tenant.state.triggerBindings.values()) {
    const bindings = flow.bindings.filter(({ action_id }) => action_id !== actionId);
    if (bindings.length < flow.bindings.length)
      tenant.state.triggerBindings.set(flow.trigger_id, { ...flow, bindings });
  }
}

/** Whether the Action is in the flow of its trigger. */
function isBound(tenant: Pick<Tenant, "state">, action: Action): boolean {
  return (
    tenant.state.triggerBindings.find(({ bindings }) => bindings.some(({ action_id }) => action_id === action.id)) !==
    undefined
  );
}
