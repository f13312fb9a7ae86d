import { describe, expect, test } from "@jest/globals";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent, NOW } from "../../../../support/actions/event.ts";

const HOUR = 3_600_000;

describe("cache.set", () => {
  test.each<[string, object | undefined, number]>([
    ["15 minutes if nothing is said", undefined, NOW + HOUR / 4],
    ["as long as ttl says, rounded down", { ttl: 1000.9 }, NOW + 1000],
    ["until expires_at, rounded down", { expires_at: NOW + 1000.9 }, NOW + 1000],
    ["until the earlier of both", { ttl: 2000, expires_at: NOW + 1000 }, NOW + 1000],
    ["until the earlier of both", { ttl: 1000, expires_at: NOW + 2000 }, NOW + 1000],
    ["24 hours at most", { ttl: 48 * HOUR }, NOW + 24 * HOUR],
  ])("keeps %s", (_life, options, expires_at) => {
    const { api } = buildApi();
    const record = { value: "v", expires_at };
    expect(api.cache.set("k", "v", options)).toEqual({ type: "success", record });
    expect(api.cache.get("k")).toEqual(record);
  });

  test.each<[string, string, string, object | undefined, string]>([
    ["a key of 65 bytes", "é".repeat(33), "v", undefined, "CacheKeySizeExceeded"],
    ["a value of 4097 bytes", "k", "v".repeat(4097), undefined, "CacheValueSizeExceeded"],
    ["a life of nothing", "k", "v", { ttl: 0 }, "ItemAlreadyExpired"],
    ["a life in the past", "k", "v", { expires_at: NOW }, "ItemAlreadyExpired"],
    ["a life that is not a number", "k", "v", { ttl: Number.NaN }, "InvalidExpiry"],
    ["a life that is text", "k", "v", { ttl: "1000" }, "InvalidExpiry"],
    ["a life without end", "k", "v", { expires_at: Number.POSITIVE_INFINITY }, "InvalidExpiry"],
    ["a life too long to count", "k", "v", { ttl: 1e300 }, "InvalidExpiry"],
  ])("returns an error for %s, and throws nothing", (_state, key, value, options, code) => {
    const { api } = buildApi();
    expect(api.cache.set(key, value, options)).toEqual({ type: "error", code });
    expect(api.cache.get(key)).toBeUndefined();
  });

  test("holds 16,640 bytes in all, and what is overwritten counts beside the new", () => {
    const { api } = buildApi();
    for (const key of ["a", "b", "c", "d"]) expect(api.cache.set(key, "v".repeat(4095)).type).toBe("success");
    expect(api.cache.set("e", "v".repeat(256))).toEqual({ type: "error", code: "CacheSizeExceeded" });
    expect(api.cache.set("a", "v".repeat(4095))).toEqual({ type: "error", code: "CacheSizeExceeded" });
    expect(api.cache.set("e", "v".repeat(255)).type).toBe("success");
  });

  test("holds 20 entries, and overwriting one is none more", () => {
    const { api } = buildApi();
    for (let index = 0; index < 20; index++) api.cache.set(`k${index}`, "v");
    expect(api.cache.set("k0", "w").type).toBe("success");
    expect(api.cache.set("more", "v")).toEqual({ type: "error", code: "MaxSideEffectsExceeded" });
  });

  test("throws Node's own error for what is not text", () => {
    expect(() => buildApi().api.cache.set("k", 7 as unknown as string)).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARG_TYPE" }),
    );
  });
});

test("a record is gone once its time has passed", () => {
  let time = NOW;
  const { api } = buildApi(buildEvent(), { now: () => time });
  api.cache.set("k", "v", { ttl: 1000 });
  time = NOW + 1000;
  expect(api.cache.get("k")?.value).toBe("v");
  time = NOW + 1001;
  expect(api.cache.get("k")).toBeUndefined();
});

test("what one Action caches the next can read and delete, once", () => {
  const { api, transaction } = buildApi();
  api.cache.set("k", "v");
  const later = buildApi(buildEvent(), { transaction }).api;
  expect(later.cache.get("k")?.value).toBe("v");
  expect(later.cache.delete("k")).toEqual({ type: "success" });
  expect(later.cache.delete("k")).toEqual({ type: "error", code: "CacheKeyDoesNotExist" });
});
