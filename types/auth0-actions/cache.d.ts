export type CacheWriteErrorCode =
  | "MaxSideEffectsExceeded"
  | "CacheKeySizeExceeded"
  | "CacheValueSizeExceeded"
  | "CacheSizeExceeded"
  | "ItemAlreadyExpired"
  | "InvalidExpiry"
  | "FailedToSetCacheRecord"
  | "FailedToDeleteCacheRecord"
  | "CacheKeyDoesNotExist";

export interface CacheRecord {
  value: string;
  /** Milliseconds since the epoch. */
  expires_at: number;
}

export interface CacheWriteError {
  type: "error";
  code: CacheWriteErrorCode;
}

export type CacheWriteResult = { type: "success"; record: CacheRecord } | CacheWriteError;
export type CacheDeleteResult = { type: "success" } | CacheWriteError;

export interface CacheSetOptions {
  /** Milliseconds. Without `ttl` and `expires_at`: 15 minutes. With both: the earlier. */
  ttl?: number;
  /** Milliseconds since the epoch. */
  expires_at?: number;
}

/** Synchronous, shared by the Actions of one trigger, best effort. Failures are returned, never thrown. */
export interface CacheAPI {
  get(key: string): CacheRecord | undefined;
  set(key: string, value: string, options?: CacheSetOptions): CacheWriteResult;
  delete(key: string): CacheDeleteResult;
}
