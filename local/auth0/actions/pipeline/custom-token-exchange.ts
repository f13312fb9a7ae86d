import type { CustomTokenExchangeTransaction } from "../api/custom-token-exchange.ts";
import { buildCustomTokenExchangeEvent } from "../event/custom-token-exchange-event.ts";
import type { TokenExchangeOutcome } from "../outcome.ts";
import type { TokenExchangeContext } from "../token-exchange-context.ts";
import { listLiveAction } from "./bound-actions.ts";
import { describeRequester } from "./describe-requester.ts";
import { describeBreakdown } from "./login-outcome.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

const TRIGGER = "custom-token-exchange";

/** Asks the profile's Action whose the subject token is. Nothing is written: who exchanges finds or makes the user. */
export async function runCustomTokenExchange(
  pipeline: Pipeline,
  context: TokenExchangeContext,
): Promise<TokenExchangeOutcome> {
  const { tenant } = pipeline;
  const actions = listLiveAction(tenant, TRIGGER, context.actionId);
  if (actions.length === 0) return describeBreakdown("The Action of the token exchange profile is not deployed.");

  const event = buildCustomTokenExchangeEvent(tenant, context);
  const result = await runTrigger(pipeline, { trigger: TRIGGER, actions, event, roles: [] });
  const { actor: _, ...requester } = context;
  const record = recordRun(pipeline, { trigger: TRIGGER, result, who: describeRequester(requester) });
  const { ending } = result;
  if (ending.kind === "failed") return { kind: "failed", error: ending.error, ...record };
  if (ending.kind === "stopped" && ending.step.type === "deny-token-exchange") {
    const { code, reason, isTokenRejected } = ending.step;
    return { kind: "denied", code, reason, isTokenRejected, ...record };
  }
  const { actor, appMetadata, organization, user, userMetadata } = result.transaction as CustomTokenExchangeTransaction;
  if (user === undefined) return describeBreakdown("The Action set no user.");
  return {
    kind: "completed",
    user,
    appMetadata,
    userMetadata,
    ...(organization !== undefined && { organization }),
    ...(actor !== undefined && { actor }),
    ...record,
  };
}
