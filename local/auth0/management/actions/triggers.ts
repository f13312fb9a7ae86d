import { findLiveVersion, type VersionRecords } from "../../actions/build/versions.ts";
import { findWhySkipped } from "../../actions/skipped-triggers.ts";
import { newId } from "../../ids.ts";
import type { Action, ActionBinding } from "../../state/action.ts";
import type { Tenant } from "../../tenant.ts";
import { nanoTime } from "../../timestamps.ts";
import { endpoint, ok, type Resource } from "../endpoint.ts";
import { ManagementError } from "../error.ts";
import { ACTIONS_PAGE_QUERY, renderActionsPage } from "./paging.ts";
import { renderBoundAction } from "./render.ts";
import { UPDATE_BINDINGS } from "./schema.ts";
import { isEntityBound, LISTED_TRIGGERS, TRIGGERS } from "./trigger-table.ts";

interface BindingBody {
  readonly ref: { readonly type: "binding_id" | "action_id" | "action_name"; readonly value: string };
  readonly display_name?: string;
}

export const triggers: Resource = (tenant) => [
  endpoint({
    method: "GET",
    path: "/actions/triggers",
    scopes: ["read:actions"],
    handle: () => ok({ triggers: LISTED_TRIGGERS }),
  }),

  endpoint({
    method: "GET",
    path: "/actions/triggers/:triggerId/bindings",
    scopes: ["read:actions"],
    query: ACTIONS_PAGE_QUERY,
    handle: ({ params, query }) => {
      const triggerId = getTriggerId(params.triggerId);
      const bindings = bindingsOf(tenant, triggerId).map((binding) => renderBinding(tenant, triggerId, binding));
      return ok(renderActionsPage("bindings", bindings, query, 50));
    },
  }),

  /**
   * Replaces the whole flow. Every entry becomes a new binding, also where nothing changes. `warning`, which Auth0's answer does not
   * have, tells of Actions that will never run here.
   */
  endpoint<{ readonly bindings: readonly BindingBody[] }>({
    method: "PATCH",
    path: "/actions/triggers/:triggerId/bindings",
    summary: "Update trigger bindings",
    scopes: ["update:actions"],
    body: UPDATE_BINDINGS,
    handle: ({ params, body }) => {
      const triggerId = getTriggerId(params.triggerId);
      if (isEntityBound(triggerId)) {
        throw new ManagementError(400, "cannot update action bindings for an entity-bound trigger");
      }
      checkFits(triggerId, body.bindings.length);
      const bindings = body.bindings.map((entry) => toBinding(tenant, triggerId, entry));
      tenant.state.triggerBindings.set(triggerId, { trigger_id: triggerId, bindings });
      const rendered = bindings.map((binding) => renderBinding(tenant, triggerId, binding));
      const why = bindings.length === 0 ? undefined : findWhySkipped(triggerId);
      if (why === undefined) return ok({ bindings: rendered });
      const warning = `${triggerId} never runs at the local tenant: ${why}.`;
      tenant.log(`actions: ${bindings.length} bound, but ${warning}`);
      return ok({ bindings: rendered, warning });
    },
  }),
];

/** The flow of a trigger, in the order in which it runs. */
function bindingsOf(tenant: Pick<Tenant, "state">, triggerId: string): readonly ActionBinding[] {
  return tenant.state.triggerBindings.get(triggerId)?.bindings ?? [];
}

function getTriggerId(id: string | undefined): string {
  if (TRIGGERS.some((trigger) => trigger.id === id)) return id ?? "";
  throw new ManagementError(404, "That trigger does not exist.");
}

/** Auth0 docs: a provider's one Action, and four before a new password. Its answer to more is not documented. */
const MOST: ReadonlyMap<string, number> = new Map([
  ["custom-email-provider", 1],
  ["custom-phone-provider", 1],
  ["password-reset-post-challenge", 4],
]);

function checkFits(triggerId: string, count: number): void {
  const most = MOST.get(triggerId);
  if (most === undefined || count <= most) return;
  throw new ManagementError(400, `At most ${most} of the trigger ${triggerId} can be bound.`);
}

function toBinding(tenant: VersionRecords, triggerId: string, { ref, display_name }: BindingBody): ActionBinding {
  const former = bindingsOf(tenant, triggerId).find((binding) => binding.id === ref.value);
  const action = tenant.state.actions.find((candidate) => {
    if (ref.type === "action_name") return candidate.name === ref.value;
    return candidate.id === (ref.type === "binding_id" ? former?.action_id : ref.value);
  });
  checkCanBeBound(tenant, triggerId, action);
  const now = nanoTime(tenant.clock);
  const name = display_name ?? (ref.type === "binding_id" ? former?.display_name : undefined) ?? action.name;
  return { id: newId.uuid(), action_id: action.id, display_name: name, created_at: now, updated_at: now };
}

function checkCanBeBound(
  tenant: VersionRecords,
  triggerId: string,
  action: Action | undefined,
): asserts action is Action {
  if (action === undefined) throw new ManagementError(404, "That action does not exist.");
  if (action.supported_triggers.every(({ id }) => id !== triggerId)) {
    throw new ManagementError(
      400,
      `Trying to create a binding for an action that does not support the trigger ${triggerId}`,
    );
  }
  if (findLiveVersion(tenant, action) === undefined) {
    throw new ManagementError(400, "Trying to create a binding for an action that has not been deployed yet");
  }
}

function renderBinding(tenant: VersionRecords, triggerId: string, binding: ActionBinding): unknown {
  const action = tenant.state.actions.get(binding.action_id);
  return {
    id: binding.id,
    trigger_id: triggerId,
    ...(action !== undefined && { action: renderBoundAction(tenant, action) }),
    created_at: binding.created_at,
    updated_at: binding.updated_at,
    display_name: binding.display_name,
  };
}
