import type { Event } from "@auth0/actions/custom-token-exchange/v1";
import {
  type CustomTokenExchangeEffect,
  type CustomTokenExchangeTransaction,
  createCustomTokenExchangeApi,
} from "../api/custom-token-exchange.ts";
import { copyData } from "../event/copy-data.ts";
import type { TriggerDefinition } from "./definition.ts";
import type { Step } from "./step.ts";

export const customTokenExchange: TriggerDefinition<Event, CustomTokenExchangeTransaction, CustomTokenExchangeEffect> =
  {
    trigger: "custom-token-exchange",
    execute: "onExecuteCustomTokenExchange",
    start: () => ({ appMetadata: new Map(), userMetadata: new Map(), cache: new Map() }),
    nextEvent: (event) => copyData(event),
    createApi: createCustomTokenExchangeApi,
    planStep,
    renderEffect(effect) {
      switch (effect.type) {
        case "deny":
          return `${effect.type} ${effect.code}`;
        case "set-user":
          return `${effect.type} by ${effect.user.by}`;
        case "set-app-metadata":
        case "set-user-metadata":
          return `${effect.type} ${effect.key}`;
        case "reject-subject-token":
        case "set-organization":
        case "set-actor":
          return effect.type;
      }
    },
  };

/** A denial stands whatever follows it; without one Auth0 wants exactly one user, and does not say in which words. */
function planStep(effects: readonly CustomTokenExchangeEffect[]): Step {
  const denial = effects.find(({ type }) => type === "deny" || type === "reject-subject-token");
  if (denial?.type === "deny") {
    return { type: "deny-token-exchange", code: denial.code, reason: denial.reason, isTokenRejected: false };
  }
  if (denial?.type === "reject-subject-token") {
    return { type: "deny-token-exchange", code: "invalid_request", reason: denial.reason, isTokenRejected: true };
  }
  const users = effects.filter(({ type }) => type === "set-user").length;
  return users === 1
    ? { type: "run-next-action" }
    : { type: "fail", message: `The Action must set exactly one user, and set ${users === 0 ? "none" : users}.` };
}
