import { type CacheOnlyTransaction, createCacheOnlyApi } from "../api/cache-only.ts";
import type { EntryPoint } from "../handler.ts";
import type { TriggerDefinition } from "./definition.ts";

/** Triggers that run when everything is done: what an Action finds there is all that it gets, and nothing comes back from it. */
export type BackgroundTrigger = "post-user-registration" | "post-change-password";

const ENTRY: { readonly [T in BackgroundTrigger]: EntryPoint<T> } = {
  "post-user-registration": "onExecutePostUserRegistration",
  "post-change-password": "onExecutePostChangePassword",
};

export function defineBackground(trigger: BackgroundTrigger): TriggerDefinition<object, CacheOnlyTransaction, never> {
  return {
    trigger,
    execute: ENTRY[trigger],
    start: () => ({ cache: new Map() }),
    nextEvent: (event) => structuredClone(event),
    createApi: createCacheOnlyApi,
    planStep: () => ({ type: "run-next-action" }),
    renderEffect: () => "",
  };
}
