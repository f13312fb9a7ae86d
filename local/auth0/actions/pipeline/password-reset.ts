import { deserialize, serialize } from "node:v8";
import type { Tenant } from "../../tenant.ts";
import type { PasswordResetEffect, PasswordResetTransaction } from "../api/password-reset.ts";
import { buildPasswordResetEvent } from "../event/password-reset-event.ts";
import { readEffectiveRoles } from "../event/roles.ts";
import type { ActionRequest } from "../login-context.ts";
import type { PasswordResetContext, PasswordResetOutcome, SuspendedReset } from "../password-reset-context.ts";
import { type LiveAction, listLiveActions } from "./bound-actions.ts";
import { describeRequester } from "./describe-requester.ts";
import { describeBreakdown, logNotCarriedOut } from "./login-outcome.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";
import { skipTrigger } from "./skip.ts";

const TRIGGER = "password-reset-post-challenge";

interface Resumed {
  readonly transaction: PasswordResetTransaction;
  readonly executionId: string;
}

export function runPasswordReset(pipeline: Pipeline, context: PasswordResetContext): Promise<PasswordResetOutcome> {
  return run(pipeline, context, listLiveActions(pipeline.tenant, TRIGGER));
}

export async function resumePasswordReset(
  pipeline: Pipeline,
  { actionId, asked, context, executionId }: SuspendedReset,
  request: ActionRequest,
): Promise<PasswordResetOutcome> {
  const actions = listLiveActions(pipeline.tenant, TRIGGER);
  const at = actions.findIndex(({ bound }) => bound.actionId === actionId);
  if (at === -1) return describeBreakdown("The Action that redirected is not bound any more.");
  const transaction = deserialize(Buffer.from(asked, "base64")) as PasswordResetTransaction;
  return run(pipeline, { ...context, request }, actions.slice(at), { transaction, executionId });
}

async function run(
  pipeline: Pipeline,
  context: PasswordResetContext,
  actions: readonly LiveAction[],
  resumed?: Resumed,
): Promise<PasswordResetOutcome> {
  const { tenant } = pipeline;
  if (actions.length === 0) return { kind: "completed", actions: [] };
  const user = tenant.state.users.get(context.userId);
  if (user === undefined) return describeBreakdown("The user has been deleted.");
  const roles = readEffectiveRoles(tenant, user.user_id, undefined);
  const event = buildPasswordResetEvent(tenant, context, { user, roles });
  const before = resumed && { transaction: resumed.transaction };
  const result = await runTrigger(pipeline, { trigger: TRIGGER, actions, event, roles, ...before });
  const record = recordRun(pipeline, {
    trigger: TRIGGER,
    result,
    who: describeRequester({ ...describeWho(context), user }),
    ...(resumed && { executionId: resumed.executionId }),
  });
  const { ending } = result;
  if (ending.kind === "failed") return { kind: "failed", error: ending.error, ...record };
  const transaction = result.transaction as PasswordResetTransaction;
  if (ending.kind === "stopped") {
    const { step } = ending;
    if (step.type === "deny") return { kind: "denied", reason: step.reason, ...record };
    if (step.type !== "redirect") return describeBreakdown(`A reset cannot end with ${step.type}.`);
    const { actionId = "" } = record.actions.at(-1) ?? {};
    const asked = serialize({ ...transaction, cache: new Map() }).toString("base64");
    const suspended = { context, actionId, executionId: record.executionId, asked };
    return { kind: "redirected", url: step.url, suspended, ...record };
  }
  logPassedOver(
    tenant,
    result.runs.flatMap(({ effects }) => effects as readonly PasswordResetEffect[]),
  );
  const { resultUrl } = transaction;
  return { kind: "completed", ...(resultUrl !== undefined && { resultUrl }), ...record };
}

function describeWho({ client, connection, request }: PasswordResetContext) {
  return { connection, request, ...(client !== undefined && { client }) };
}

/** A reset has no page for factors: none is asked for. */
function logPassedOver(tenant: Pick<Tenant, "log" | "state">, effects: readonly PasswordResetEffect[]): void {
  logNotCarriedOut(tenant, effects);
  if (effects.every(({ type }) => type !== "challenge")) return;
  tenant.log("actions: not carried out by the local tenant: challenge");
  skipTrigger(tenant, "send-phone-message");
}
