import type { Event, PasswordResetPostChallengeAPI } from "@auth0/actions/password-reset-post-challenge/v1";
import { AccessApi } from "./access.ts";
import { CacheApi, type CacheRecord } from "./cache.ts";
import type { JourneyContext } from "./context.ts";
import type { JourneyEffect } from "./effects.ts";
import { PromptApi } from "./prompt.ts";
import { RedirectApi } from "./redirect.ts";
import type { ApiSettings } from "./settings.ts";
import { toJson } from "./to-json.ts";

/** What one Action asked for, in its order: plain data, fit for structured cloning. */
export type PasswordResetEffect = JourneyEffect | { type: "set-result-url"; url: string };

/** What the Actions of one reset have asked for so far. */
export interface PasswordResetTransaction {
  /** Where the user goes once the password is changed. */
  resultUrl?: string;
  readonly cache: Map<string, CacheRecord>;
}

interface ApiOptions {
  readonly event: Event;
  readonly transaction: PasswordResetTransaction;
  readonly settings: ApiSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The `api` argument of an Action between the link of a reset and the new password. Only `access.deny` can be chained. */
export function createPasswordResetApi({ event, transaction, settings, now }: ApiOptions): {
  readonly api: PasswordResetPostChallengeAPI;
  readonly effects: PasswordResetEffect[];
} {
  const effects: PasswordResetEffect[] = [];
  const context: JourneyContext<void> = { event, effects, settings, now, getApi: () => {} };
  const api: PasswordResetPostChallengeAPI = {
    access: new AccessApi({ ...context, getApi: () => api }),
    authentication: new AuthenticationApi(context),
    cache: new CacheApi(transaction.cache, settings, now),
    prompt: new PromptApi(context),
    redirect: new RedirectApi(context),
    transaction: new TransactionApi((url) => {
      transaction.resultUrl = url;
      effects.push({ type: "set-result-url", url });
    }),
  };
  return { api, effects };
}

type Given<Method extends keyof PasswordResetPostChallengeAPI["authentication"]> = Parameters<
  PasswordResetPostChallengeAPI["authentication"][Method]
>;

class AuthenticationApi {
  readonly #effects: JourneyContext<void>["effects"];

  constructor({ effects }: JourneyContext<void>) {
    this.#effects = effects;
  }

  challengeWith(...[factor, options]: Given<"challengeWith">): void {
    const factors = [factor, ...(options?.additionalFactors ?? [])].map(toJson);
    this.#effects.push({ type: "challenge", factors, isSelectorShown: false });
  }

  challengeWithAny(...[factors]: Given<"challengeWithAny">): void {
    this.#effects.push({ type: "challenge", factors: factors.map(toJson), isSelectorShown: true });
  }
}

class TransactionApi {
  readonly #set: (url: string) => void;

  constructor(set: (url: string) => void) {
    this.#set = set;
  }

  /** @throws {TypeError} unless the URL is an absolute one */
  setResultUrl(...[target, options]: Parameters<PasswordResetPostChallengeAPI["transaction"]["setResultUrl"]>): void {
    const url = new URL(target);
    for (const [name, value] of Object.entries(options?.query ?? {})) url.searchParams.set(name, value);
    this.#set(url.href);
  }
}
