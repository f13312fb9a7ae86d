import type { CredentialsExchangeAPI, Event } from "@auth0/actions/credentials-exchange/v2";
import { CacheApi, type CacheRecord } from "./cache.ts";
import { type ApiSettings, DEFAULT_API_SETTINGS } from "./settings.ts";
import { TargetScopesApi } from "./target-scopes.ts";
import { toJson } from "./to-json.ts";

type DenyCode = Parameters<CredentialsExchangeAPI["access"]["deny"]>[0];

/** What one Action asked for, in its order: plain data, fit for structured cloning. */
export type CredentialsExchangeEffect =
  | { type: "deny"; code: DenyCode; reason: string | undefined }
  | { type: "set-claim"; name: string; value: unknown }
  | { type: "set-target-scopes"; scopes: string[] };

/** What the Actions of one run have asked for so far. */
export interface CredentialsExchangeTransaction {
  claims: Map<string, unknown>;
  /** Ordered, without duplicates; the client grant filters them in the end. */
  targetScopes: string[];
  cache: Map<string, CacheRecord>;
}

/** The state before the first Action: target scopes start as those that the client grant gives. */
export const startCredentialsExchange = (
  event: Event,
  cache = new Map<string, CacheRecord>(),
): CredentialsExchangeTransaction => ({
  claims: new Map(),
  targetScopes: [...new Set(event.transaction.target_scopes ?? event.accessToken.scope)],
  cache,
});

export interface CredentialsExchangeApiOptions {
  event: Event;
  transaction: CredentialsExchangeTransaction;
  settings?: Partial<ApiSettings>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** The `api` argument of one Action in the client credentials grant, and what the Action asked for so far, in order. */
export const createCredentialsExchangeApi = (
  options: CredentialsExchangeApiOptions,
): { api: CredentialsExchangeAPI; effects: CredentialsExchangeEffect[] } => {
  const { event, now = Date.now, transaction } = options;
  const settings = { ...DEFAULT_API_SETTINGS, ...options.settings };
  const effects: CredentialsExchangeEffect[] = [];
  const context: ExchangeContext = { effects, getApi: () => api, transaction };
  const api: CredentialsExchangeAPI = {
    access: new AccessApi(context),
    accessToken: new AccessTokenApi(context),
    cache: new CacheApi(transaction.cache, settings, now),
    transaction: new TargetScopesApi({
      isAvailable: settings.targetScopes,
      read: () => transaction.targetScopes,
      write: (scopes) => {
        transaction.targetScopes = scopes;
        event.transaction.target_scopes = [...scopes];
        effects.push({ type: "set-target-scopes", scopes: [...scopes] });
      },
    }),
  };
  return { api, effects };
};

interface ExchangeContext {
  readonly effects: CredentialsExchangeEffect[];
  readonly getApi: () => CredentialsExchangeAPI;
  readonly transaction: CredentialsExchangeTransaction;
}

class AccessApi {
  readonly #context: ExchangeContext;

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  deny(code: DenyCode, reason?: string): CredentialsExchangeAPI {
    this.#context.effects.push({ type: "deny", code, reason });
    return this.#context.getApi();
  }
}

class AccessTokenApi {
  readonly #context: ExchangeContext;

  constructor(context: ExchangeContext) {
    this.#context = context;
  }

  setCustomClaim(name: string, value: unknown): CredentialsExchangeAPI {
    const json = toJson(value);
    const { effects, getApi, transaction } = this.#context;
    transaction.claims.set(name, json);
    effects.push({ type: "set-claim", name, value: json });
    return getApi();
  }
}
