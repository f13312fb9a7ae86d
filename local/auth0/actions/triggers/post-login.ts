import type { Event } from "@auth0/actions/post-login/v3";
import type { PostLoginEffect } from "../api/effects.ts";
import { planNextStep } from "../api/next-step.ts";
import { createPostLoginApi } from "../api/post-login.ts";
import { type PostLoginTransaction, startTransaction } from "../api/transaction.ts";
import { nextEvent } from "../event/next-event.ts";
import type { TriggerDefinition } from "./definition.ts";
import { renderRedirect } from "./render-redirect.ts";

export const postLogin: TriggerDefinition<Event, PostLoginTransaction, PostLoginEffect> = {
  trigger: "post-login",
  execute: "onExecutePostLogin",
  resume: "onContinuePostLogin",
  start: (event) => startTransaction(event),
  nextEvent,
  createApi: createPostLoginApi,
  planStep: planNextStep,
  renderEffect,
};

function renderEffect(effect: PostLoginEffect): string {
  switch (effect.type) {
    case "set-claim":
      return `${effect.type} ${effect.token} ${effect.name}`;
    case "modify-scope":
      return `${effect.operation}-scope ${effect.scope}`;
    case "set-target-scopes":
      return `${effect.type} ${effect.scopes.join(" ")}`.trimEnd();
    case "set-app-metadata":
    case "set-user-metadata":
    case "set-transaction-metadata":
    case "set-saml-configuration":
      return `${effect.type} ${effect.key}`;
    case "set-saml-attribute":
      return `${effect.type} ${effect.attribute}`;
    case "set-expiry":
      return `${effect.type} ${effect.entity} ${effect.which}`;
    case "set-entity-metadata":
      return `${effect.type} ${effect.entity} ${Object.keys(effect.metadata).join(" ")}`.trimEnd();
    case "set-cookie-mode":
      return `${effect.type} ${effect.mode}`;
    case "enable-multifactor":
      return `${effect.type} ${effect.provider}`;
    case "render-prompt":
      return `${effect.type} ${effect.promptId}`;
    case "validation-error":
      return `${effect.type} ${effect.code}`;
    case "redirect":
      return renderRedirect(effect);
    case "abort":
    case "challenge":
    case "deny":
    case "enroll":
    case "record-method":
    case "revoke-refresh-token":
    case "revoke-session":
    case "set-primary-user":
      return effect.type;
  }
}
