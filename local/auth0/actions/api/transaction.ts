import type { Event } from "@auth0/actions/post-login/v3";
import type { CacheRecord } from "./cache.ts";
import type { CookieMode, ScopeOperation, TokenName, TransactionMetadataValue } from "./effects.ts";

/** Asked for a session or a refresh token. Times are milliseconds since the epoch, the earliest of all calls. */
export interface EntityChanges {
  expiresAt?: number;
  idleExpiresAt?: number;
  metadata?: Record<string, string>;
}

/**
 * What the Actions of one pipeline run have asked for so far, changed in place by the api object. Maps and plain data only, so it
 * can be cloned into a worker and back; to discard what a failed Action asked for, keep the state from before it ran.
 */
export interface PostLoginTransaction {
  /** Applied to the access token directly; per scope the last call wins. */
  scopeOperations: Map<string, ScopeOperation>;
  /** Ordered, without duplicates. */
  targetScopes: string[];
  /** As asked for: `issueClaims` says what becomes of them. */
  claims: Record<TokenName, Map<string, unknown>>;
  /** To be written when the flow ends or redirects; null removes a key. */
  appMetadata: Map<string, unknown>;
  userMetadata: Map<string, unknown>;
  metadata: Map<string, TransactionMetadataValue>;
  primaryUser?: string;
  session: EntityChanges & { cookieMode?: CookieMode };
  refreshToken: EntityChanges;
  samlAttributes: Map<string, unknown>;
  samlConfiguration: Map<string, unknown>;
  /** Belongs to the trigger and outlives the run. */
  cache: Map<string, CacheRecord>;
}

/** The state before the first Action: target scopes start as those requested. */
export const startTransaction = (event: Event, cache = new Map<string, CacheRecord>()): PostLoginTransaction => ({
  scopeOperations: new Map(),
  targetScopes: [...new Set(event.transaction?.target_scopes ?? event.transaction?.requested_scopes ?? [])],
  claims: { accessToken: new Map(), idToken: new Map() },
  appMetadata: new Map(),
  userMetadata: new Map(),
  metadata: new Map(Object.entries(event.transaction?.metadata ?? {})),
  session: {},
  refreshToken: {},
  samlAttributes: new Map(),
  samlConfiguration: new Map(),
  cache,
});
