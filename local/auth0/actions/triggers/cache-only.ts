import { type CacheOnlyTransaction, createCacheOnlyApi } from "../api/cache-only.ts";
import { copyData } from "../event/copy-data.ts";
import type { EntryPoint } from "../handler.ts";
import type { TriggerDefinition } from "./definition.ts";

/** Triggers whose Actions can ask for nothing: that they return or throw is all that comes back. */
export type CacheOnlyTrigger = "event-stream" | "post-user-registration" | "post-change-password";

const ENTRY: { readonly [T in CacheOnlyTrigger]: EntryPoint<T> } = {
  "event-stream": "onExecuteEventStream",
  "post-user-registration": "onExecutePostUserRegistration",
  "post-change-password": "onExecutePostChangePassword",
};

export function defineCacheOnly(trigger: CacheOnlyTrigger): TriggerDefinition<object, CacheOnlyTransaction, never> {
  return {
    trigger,
    execute: ENTRY[trigger],
    start: () => ({ cache: new Map() }),
    nextEvent: (event) => copyData(event),
    createApi: createCacheOnlyApi,
    planStep: () => ({ type: "run-next-action" }),
    renderEffect: () => "",
  };
}
