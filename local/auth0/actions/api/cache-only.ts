import type { CacheAPI } from "../../../../types/auth0-actions/cache.d.ts";
import { CacheApi, type CacheRecord } from "./cache.ts";
import type { ApiSettings } from "./settings.ts";

/** Of a run that can ask for nothing. */
export interface CacheOnlyTransaction {
  readonly cache: Map<string, CacheRecord>;
}

interface ApiOptions {
  readonly transaction: CacheOnlyTransaction;
  readonly settings: ApiSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The `api` argument of an Action that runs when everything is done. */
export function createCacheOnlyApi({ transaction, settings, now }: ApiOptions): {
  readonly api: { readonly cache: CacheAPI };
  readonly effects: never[];
} {
  return { api: { cache: new CacheApi(transaction.cache, settings, now) }, effects: [] };
}
