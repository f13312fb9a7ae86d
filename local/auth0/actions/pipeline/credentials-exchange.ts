import type { CredentialsExchangeTransaction } from "../api/credentials-exchange.ts";
import { buildCredentialsExchangeEvent } from "../event/credentials-exchange-event.ts";
import type { ExchangeContext } from "../login-context.ts";
import type { ExchangeOutcome } from "../outcome.ts";
import { listLiveActions } from "./bound-actions.ts";
import { describeRequester } from "./describe-requester.ts";
import { type Pipeline, runTrigger } from "./pipeline.ts";
import { recordRun } from "./record-run.ts";

const TRIGGER = "credentials-exchange";

export async function runCredentialsExchange(pipeline: Pipeline, context: ExchangeContext): Promise<ExchangeOutcome> {
  const { settings, tenant } = pipeline;
  const actions = listLiveActions(tenant, TRIGGER);
  if (actions.length === 0) return { kind: "completed", accessTokenClaims: new Map(), actions: [] };

  const event = buildCredentialsExchangeEvent(tenant, context, settings.targetScopes);
  const result = await runTrigger(pipeline, { trigger: TRIGGER, actions, event, roles: [] });
  const record = recordRun(pipeline, { trigger: TRIGGER, result, who: describeRequester(context) });
  const { ending } = result;
  if (ending.kind === "failed") return { kind: "failed", error: ending.error, ...record };
  if (ending.kind === "stopped" && ending.step.type === "deny-exchange") {
    return { kind: "denied", code: ending.step.code, reason: ending.step.reason, ...record };
  }
  const { claims, targetScopes } = result.transaction as CredentialsExchangeTransaction;
  const areTargetScopesChanged = targetScopes.join(" ") !== context.grantedScopes.join(" ");
  return {
    kind: "completed",
    accessTokenClaims: claims,
    ...(areTargetScopesChanged && { targetScopes }),
    ...record,
  };
}
