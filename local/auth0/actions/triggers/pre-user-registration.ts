import type { Event } from "@auth0/actions/pre-user-registration/v2";
import {
  createPreUserRegistrationApi,
  type PreUserRegistrationEffect,
  type PreUserRegistrationTransaction,
} from "../api/pre-user-registration.ts";
import { copyData } from "../event/copy-data.ts";
import { mergeMetadata } from "../event/next-event.ts";
import type { TriggerDefinition } from "./definition.ts";

export const preUserRegistration: TriggerDefinition<Event, PreUserRegistrationTransaction, PreUserRegistrationEffect> =
  {
    trigger: "pre-user-registration",
    execute: "onExecutePreUserRegistration",
    start: () => ({ appMetadata: new Map(), userMetadata: new Map(), cache: new Map() }),
    nextEvent(event, { appMetadata, userMetadata }) {
      const next = copyData(event);
      if (appMetadata.size > 0) next.user.app_metadata = mergeMetadata(next.user.app_metadata, appMetadata);
      if (userMetadata.size > 0) next.user.user_metadata = mergeMetadata(next.user.user_metadata, userMetadata);
      return next;
    },
    createApi: createPreUserRegistrationApi,
    planStep(effects) {
      const refusal = effects.find(({ type }) => type === "deny" || type === "validation-error");
      if (refusal?.type === "deny") {
        return { type: "refuse-registration", reason: refusal.reason, userMessage: refusal.userMessage };
      }
      if (refusal?.type === "validation-error") {
        return { type: "refuse-registration", reason: refusal.code, userMessage: refusal.message };
      }
      return { type: "run-next-action" };
    },
    renderEffect(effect) {
      switch (effect.type) {
        case "deny":
          return effect.type;
        case "validation-error":
          return `${effect.type} ${effect.code}`;
        case "set-app-metadata":
        case "set-user-metadata":
          return `${effect.type} ${effect.key}`;
      }
    },
  };
