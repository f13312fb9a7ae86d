import type { Event, PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { JourneyEffect, PostLoginEffect } from "./effects.ts";
import type { ApiSettings } from "./settings.ts";
import type { PostLoginTransaction } from "./transaction.ts";

/** What the namespaces of one Action's api object have in common. */
export interface PostLoginContext {
  /** The live event that the Action reads; some methods change it. */
  event: Event;
  transaction: PostLoginTransaction;
  effects: PostLoginEffect[];
  settings: ApiSettings;
  isContinuing: boolean;
  now: () => number;
  /** The root object, which methods return so that calls can be chained. */
  getApi: () => PostLoginAPI;
}

/** What those namespaces need that other triggers have too. `Returned`: what their methods return. */
export interface JourneyContext<Returned> {
  readonly event: {
    readonly request: Pick<Event["request"], "body" | "hostname" | "ip" | "query">;
    readonly user: Pick<Event["user"], "user_id">;
  };
  readonly effects: {
    push(effect: JourneyEffect): unknown;
    some(matches: (effect: { readonly type: string }) => boolean): boolean;
  };
  readonly settings: ApiSettings;
  readonly now: () => number;
  readonly getApi: () => Returned;
}
