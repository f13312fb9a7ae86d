import { findUserOrPrimary } from "../../users/find.ts";
import type { PostLoginEffect } from "../api/effects.ts";
import { type PostLoginTransaction, startTransaction } from "../api/transaction.ts";
import { buildPostLoginEvent } from "../event/post-login-event.ts";
import { readEffectiveRoles } from "../event/roles.ts";
import type { ActionRequest, LoginContext } from "../login-context.ts";
import type { LoginOutcome, SuspendedLogin } from "../outcome.ts";
import { describeFailure } from "../runtime/failure.ts";
import type { RunResult } from "../runtime/protocol.ts";
import { applyUserChanges } from "./apply-user-changes.ts";
import { type LiveAction, listLiveActions } from "./bound-actions.ts";
import { describeRequester } from "./describe-requester.ts";
import {
  type Asked,
  asksMultifactor,
  describeBreakdown,
  describeCompletion,
  describeStop,
  type LoginStop,
  listRecordedMethods,
  logNotCarriedOut,
  readSuspended,
} from "./login-outcome.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

const TRIGGER = "post-login";

interface Resumed extends Asked {
  readonly executionId: string;
  readonly isAfterFactor: boolean;
}

export function runPostLogin(pipeline: Pipeline, context: LoginContext): Promise<LoginOutcome> {
  return runLogin(pipeline, context, listLiveActions(pipeline.tenant, TRIGGER));
}

export async function resumePostLogin(
  pipeline: Pipeline,
  suspended: SuspendedLogin,
  request: ActionRequest,
  methods = suspended.context.authenticationMethods,
): Promise<LoginOutcome> {
  const { actionId, executionId, isAtFactor } = suspended;
  const actions = listLiveActions(pipeline.tenant, TRIGGER);
  const at = actions.findIndex(({ bound }) => bound.actionId === actionId);
  if (at === -1) return describeBreakdown("The Action that redirected is not bound any more.");
  const resumed = { ...readSuspended(suspended), executionId, isAfterFactor: isAtFactor };
  const context = { ...suspended.context, request, authenticationMethods: methods };
  // The Action that redirected goes on; one that asked for a factor is done.
  return runLogin(pipeline, context, actions.slice(isAtFactor ? at + 1 : at), resumed);
}

async function runLogin(
  pipeline: Pipeline,
  context: LoginContext,
  actions: readonly LiveAction[],
  resumed?: Resumed,
): Promise<LoginOutcome> {
  const { settings, tenant } = pipeline;
  // Read anew also after a redirect: what has changed meanwhile is seen, also that the user was linked to another.
  const user = findUserOrPrimary(tenant.state, context.userId);
  if (user === undefined) return describeBreakdown("The user has been deleted.");
  const roles = readEffectiveRoles(tenant, user.user_id, context.organizationId);
  const event = buildPostLoginEvent(tenant, context, { user, roles, hasTargetScopes: settings.targetScopes });
  const before = resumed ?? { transaction: startTransaction(event), recordedMethods: [], asksMultifactor: false };
  const initialScopes = event.transaction?.target_scopes ?? [];
  const completion = { userId: context.userId, initialScopes, notCarriedOut: [] };
  if (actions.length === 0) return describeCompletion({ actions: [] }, { ...completion, ...before });

  const run = { trigger: TRIGGER, actions, event, roles, canAskFactors: true } as const;
  const ofResumed = resumed && { transaction: resumed.transaction, isAfterFactor: resumed.isAfterFactor };
  const ran = await runTrigger(pipeline, { ...run, ...ofResumed });
  const { result, userId } = applyResult(pipeline, context, ran);
  const ofBefore = resumed && { executionId: resumed.executionId };
  const record = recordRun(pipeline, {
    trigger: TRIGGER,
    result,
    who: describeRequester({ ...context, user }),
    ...ofBefore,
  });
  const { ending } = result;
  if (ending.kind === "failed") return { kind: "failed", error: ending.error, ...record };

  const effects = result.runs.flatMap((run) => run.effects as readonly PostLoginEffect[]);
  const asked: Asked = {
    transaction: result.transaction as PostLoginTransaction,
    recordedMethods: [...before.recordedMethods, ...listRecordedMethods(effects, tenant.clock())],
    asksMultifactor: asksMultifactor(effects) ?? before.asksMultifactor,
  };
  if (ending.kind === "stopped") return describeStop(ending.step as LoginStop, context, record, asked);
  const notCarriedOut = logNotCarriedOut(tenant, effects);
  return describeCompletion(record, { ...completion, ...asked, userId, notCarriedOut });
}

/**
 * Metadata is written once, at the end or before the browser leaves; also when the login was denied, which does not cancel what
 * concerns the user. The login of a user who cannot be made primary fails.
 */
function applyResult(
  { settings, tenant }: Pipeline,
  { userId }: LoginContext,
  result: RunResult,
): { readonly result: RunResult; readonly userId: string } {
  const transaction = result.transaction as PostLoginTransaction | undefined;
  const isDiscarded = result.ending.kind === "failed" && settings.metadataOnFailure === "discarded";
  if (transaction === undefined || isDiscarded) return { result, userId };
  try {
    return { result, userId: applyUserChanges(tenant, userId, transaction) };
  } catch (error) {
    return { result: { ...result, ending: { kind: "failed", error: describeFailure(error) } }, userId };
  }
}
