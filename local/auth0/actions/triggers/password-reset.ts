import type { Event } from "@auth0/actions/password-reset-post-challenge/v1";
import { planNextStep } from "../api/next-step.ts";
import {
  createPasswordResetApi,
  type PasswordResetEffect,
  type PasswordResetTransaction,
} from "../api/password-reset.ts";
import { copyData } from "../event/copy-data.ts";
import type { TriggerDefinition } from "./definition.ts";
import { renderRedirect } from "./render-redirect.ts";

export const passwordReset: TriggerDefinition<Event, PasswordResetTransaction, PasswordResetEffect> = {
  trigger: "password-reset-post-challenge",
  execute: "onExecutePostChallenge",
  resume: "onContinuePostChallenge",
  start: () => ({ cache: new Map() }),
  nextEvent: (event) => copyData(event),
  createApi: createPasswordResetApi,
  planStep: (effects, settings) => planNextStep(effects.filter(isOfJourney), settings),
  renderEffect(effect) {
    switch (effect.type) {
      case "redirect":
      case "set-result-url":
        return renderRedirect(effect);
      case "render-prompt":
        return `${effect.type} ${effect.promptId}`;
      case "abort":
      case "challenge":
      case "deny":
        return effect.type;
    }
  },
};

const isOfJourney = (effect: PasswordResetEffect) => effect.type !== "set-result-url";
