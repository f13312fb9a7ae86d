import type { Event } from "@auth0/actions/credentials-exchange/v2";
import {
  type CredentialsExchangeEffect,
  type CredentialsExchangeTransaction,
  createCredentialsExchangeApi,
  startCredentialsExchange,
} from "../api/credentials-exchange.ts";
import { copyData } from "../event/copy-data.ts";
import type { TriggerDefinition } from "./definition.ts";

export const credentialsExchange: TriggerDefinition<Event, CredentialsExchangeTransaction, CredentialsExchangeEffect> =
  {
    trigger: "credentials-exchange",
    execute: "onExecuteCredentialsExchange",
    start: (event) => startCredentialsExchange(event),
    nextEvent: (event, { targetScopes, claims }) => {
      const next = copyData(event);
      next.transaction.target_scopes = [...targetScopes];
      next.accessToken.customClaims = { ...next.accessToken.customClaims, ...Object.fromEntries(claims) };
      return next;
    },
    createApi: createCredentialsExchangeApi,
    planStep: (effects) => {
      const denial = effects.find((effect) => effect.type === "deny");
      return denial === undefined
        ? { type: "run-next-action" }
        : { type: "deny-exchange", code: denial.code, reason: denial.reason ?? "" };
    },
    renderEffect: (effect) => {
      switch (effect.type) {
        case "deny":
          return `deny ${effect.code}`;
        case "set-claim":
          return `set-claim accessToken ${effect.name}`;
        case "set-target-scopes":
          return `set-target-scopes ${effect.scopes.join(" ")}`.trimEnd();
      }
    },
  };
