import type { PostLoginAPI } from "@auth0/actions/post-login/v3";
import type { ApiSettings } from "./settings.ts";

type Cache = PostLoginAPI["cache"];
export type CacheRecord = NonNullable<ReturnType<Cache["get"]>>;
type SetOptions = Parameters<Cache["set"]>[2];

const DEFAULT_LIFETIME = 15 * 60 * 1000;
const MAX_KEY_BYTES = 64;
const MAX_VALUE_BYTES = 4096;

/** Failures are returned, not thrown, except that a key or value which is not a string throws Node's own TypeError. */
export class CacheApi {
  readonly #cache: Map<string, CacheRecord>;
  readonly #settings: ApiSettings;
  readonly #now: () => number;

  constructor(cache: Map<string, CacheRecord>, settings: ApiSettings, now: () => number) {
    this.#cache = cache;
    this.#settings = settings;
    this.#now = now;
  }

  get(key: string): CacheRecord | undefined {
    const record = this.#cache.get(key);
    return record === undefined || record.expires_at < this.#now() ? undefined : record;
  }

  set(key: string, value: string, options?: SetOptions): ReturnType<Cache["set"]> {
    const tooLarge = findExcess(this.#cache, this.#settings, key, value);
    if (tooLarge !== undefined) return { type: "error", code: tooLarge };
    const time = this.#now();
    const expiry = readExpiry(options, time);
    if (expiry === undefined) return { type: "error", code: "InvalidExpiry" };
    if (expiry <= time) return { type: "error", code: "ItemAlreadyExpired" };
    const record = { value, expires_at: Math.min(expiry, time + this.#settings.cacheMaxLifetime) };
    this.#cache.set(key, record);
    return { type: "success", record };
  }

  delete(key: string): ReturnType<Cache["delete"]> {
    return this.#cache.delete(key) ? { type: "success" } : { type: "error", code: "CacheKeyDoesNotExist" };
  }
}

/** An entry that would be overwritten counts in full beside the new one. */
function findExcess(cache: Map<string, CacheRecord>, settings: ApiSettings, key: string, value: string) {
  const bytes = Buffer.byteLength(key) + Buffer.byteLength(value);
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return "CacheKeySizeExceeded";
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) return "CacheValueSizeExceeded";
  const held = Buffer.byteLength([...cache].map(([name, record]) => name + record.value).join(""));
  if (held + bytes > settings.cacheMaxBytes) return "CacheSizeExceeded";
  return !cache.has(key) && cache.size >= settings.cacheMaxEntries ? "MaxSideEffectsExceeded" : undefined;
}

/** Milliseconds since the epoch: the earlier of both options. Undefined if either is not a number. */
function readExpiry(options: SetOptions, time: number): number | undefined {
  const { ttl, expires_at } = options ?? {};
  if (ttl === undefined && expires_at === undefined) return time + DEFAULT_LIFETIME;
  const relative = ttl === undefined ? Number.POSITIVE_INFINITY : time + Math.floor(ttl);
  const absolute = expires_at === undefined ? Number.POSITIVE_INFINITY : Math.floor(expires_at);
  const isGiven = [ttl, expires_at].every((each) => each === undefined || Number.isFinite(each));
  const expiry = Math.min(relative, absolute);
  return isGiven && (expiry <= time || Number.isSafeInteger(expiry)) ? expiry : undefined;
}
