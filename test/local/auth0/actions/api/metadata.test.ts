import { describe, expect, test } from "@jest/globals";
import { planNextStep } from "../../../../../local/auth0/actions/api/next-step.ts";
import { nextEvent } from "../../../../../local/auth0/actions/event/next-event.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent, type EventChanges } from "../../../../support/actions/event.ts";

const WITH_METADATA: EventChanges = {
  user: { app_metadata: { a: 1, nested: { x: 1, y: 2 } }, user_metadata: { u: 1 } },
};

describe("user metadata", () => {
  test("is queued: this Action does not see it, the next one does", () => {
    const { api, event, transaction } = buildApi(buildEvent("database", WITH_METADATA));
    const before = structuredClone(event);
    api.user.setAppMetadata("b", 2).user.setAppMetadata("nested", { x: 3 }).user.setUserMetadata("u", null);
    expect(event).toEqual(before);
    const { user } = nextEvent(before, transaction);
    expect(user.app_metadata).toEqual({ a: 1, b: 2, nested: { x: 3 } });
    expect(user.user_metadata).toEqual({});
  });

  test("undefined takes back what an earlier Action asked for", () => {
    const { api, event, transaction } = buildApi(buildEvent("database", WITH_METADATA));
    api.user.setAppMetadata("a", null).user.setUserMetadata("v", 1);
    const later = buildApi(nextEvent(event, transaction), { transaction });
    later.api.user.setAppMetadata("a", undefined).user.setUserMetadata("v", undefined);
    expect(nextEvent(event, transaction)).toEqual(event);
  });

  test.each([[null], ["text"], [[1]], [undefined]])(
    "throws if what is stored is %p, with a full stop for one of them",
    (stored) => {
      const metadata = stored as unknown as Record<string, unknown>;
      const { api, event, effects } = buildApi();
      event.user.app_metadata = metadata;
      event.user.user_metadata = metadata;
      expect(() => api.user.setAppMetadata("a", 1)).toThrow(
        new Error("Unexpected app_metadata format. Must be a valid JSON object"),
      );
      expect(() => api.user.setUserMetadata("a", 1)).toThrow(
        new Error("Unexpected user_metadata format. Must be a valid JSON object."),
      );
      expect(effects).toEqual([]);
    },
  );

  test.each([
    ["setAppMetadata" as const, "email"],
    ["setAppMetadata" as const, "blocked"],
    ["setAppMetadata" as const, "a.b"],
    ["setUserMetadata" as const, "$set"],
  ])("%s(%p) fails the login, since Auth0 stores no such key", (method, key) => {
    const { api, effects, transaction } = buildApi();
    expect(() => api.user[method](key, 1)).not.toThrow();
    expect(planNextStep(effects)).toEqual({ type: "fail", message: `The metadata key "${key}" is not allowed.` });
    expect([...transaction.appMetadata, ...transaction.userMetadata]).toEqual([]);
  });

  test("a key that Auth0 does not store is left out, where that is set; user metadata may be named email", () => {
    const { api, effects, transaction } = buildApi(buildEvent(), { settings: { forbiddenMetadataKey: "ignored" } });
    api.user.setAppMetadata("email", 1).user.setUserMetadata("email", 1);
    expect(planNextStep(effects)).toEqual({ type: "run-next-action" });
    expect([[...transaction.appMetadata], [...transaction.userMetadata]]).toEqual([[], [["email", 1]]]);
  });

  test("of the Action that changes the primary user is lost, before the call and after", () => {
    const { api, transaction } = buildApi();
    api.user.setUserMetadata("early", 1);
    const second = buildApi(buildEvent(), { transaction }).api;
    second.user.setUserMetadata("before", 1).user.setAppMetadata("before", 1);
    second.authentication.setPrimaryUser("auth0|eve");
    second.user.setUserMetadata("after", 1).user.setAppMetadata("after", 1);
    buildApi(buildEvent(), { transaction }).api.user.setUserMetadata("late", 1);
    expect([...transaction.userMetadata.keys()]).toEqual(["early", "late"]);
    expect([...transaction.appMetadata.keys()]).toEqual(["before", "after"]);
  });

  test("and app metadata with it, where that is set", () => {
    const { api, transaction } = buildApi(buildEvent(), { settings: { primaryUserDiscards: "all-metadata" } });
    api.user.setAppMetadata("before", 1);
    api.authentication.setPrimaryUser("auth0|eve");
    api.user.setAppMetadata("after", 1);
    expect([...transaction.appMetadata.keys()]).toEqual([]);
  });
});

describe("transaction metadata", () => {
  test("is live on the event, for later Actions too, and null removes it", () => {
    const event = buildEvent("database", { transaction: { metadata: { old: 1 } } });
    const { api, transaction } = buildApi(event);
    api.transaction.setMetadata("text", "a");
    api.transaction.setMetadata("flag", false);
    api.transaction.setMetadata("old", null);
    expect(event.transaction?.metadata).toEqual({ text: "a", flag: false });
    expect(nextEvent(buildEvent(), transaction).transaction?.metadata).toEqual({ text: "a", flag: false });
  });

  test("makes a transaction on an event that has none", () => {
    const event = buildEvent("database", { transaction: undefined });
    const { api, transaction } = buildApi(structuredClone(event));
    api.transaction.setMetadata("a", 1);
    expect(nextEvent(event, transaction).transaction).toEqual({ metadata: { a: 1 } });
  });

  test.each<[string, unknown, unknown, string]>([
    ["an empty key", "", 1, "The metadata key must be a non-empty string."],
    ["a key that is not text", 1, 1, "The metadata key must be a non-empty string."],
    ["a long key", "k".repeat(65), 1, "The metadata key exceeds the allowed maximum of 64 characters."],
    ["an object", "a", {}, "The metadata value must be a string, a number or a boolean."],
    ["undefined", "a", undefined, "The metadata value must be a string, a number or a boolean."],
    ["a fraction", "a", 0.5, "The metadata value must be a safe integer."],
    ["a number too large", "a", 2 ** 53, "The metadata value must be a safe integer."],
    ["a long value", "a", "é".repeat(4097), "The metadata value exceeds the allowed maximum of 8192 bytes."],
  ])("throws for %s", (_state, key, value, message) => {
    const { api, effects } = buildApi();
    expect(() => api.transaction.setMetadata(key as string, value as string)).toThrow(new Error(message));
    expect(effects).toEqual([]);
  });

  test("throws beyond 16 KiB in all, and keeps what it had", () => {
    const { api, event } = buildApi();
    api.transaction.setMetadata("a", "x".repeat(8191));
    api.transaction.setMetadata("b", "x".repeat(8191));
    expect(() => api.transaction.setMetadata("c", "x")).toThrow(
      new Error("The total size of the metadata exceeds the limit of 16384 bytes."),
    );
    expect(Object.keys(event.transaction?.metadata ?? {})).toEqual(["a", "b"]);
  });
});

const ENTITIES = [
  ["session" as const, "session" as const],
  ["refreshToken" as const, "refresh_token" as const],
] as const;
const LABELS = { session: "session", refreshToken: "refresh token" };
const entityEvent = (metadata: Record<string, unknown> = { old: "1" }) =>
  buildEvent("refresh exchange", { session: { metadata }, refresh_token: { metadata } });

describe.each(ENTITIES)("%s metadata", (namespace, section) => {
  test("is live on the event and kept for later Actions", () => {
    const event = entityEvent();
    const { api, transaction } = buildApi(event);
    api[namespace].setMetadata("a", "x");
    api[namespace].setMetadata("missing", null);
    api[namespace].setMetadata("old", null);
    expect(event[section]?.metadata).toEqual({ a: "x" });
    expect(nextEvent(entityEvent(), transaction)[section]?.metadata).toEqual({ a: "x" });
    buildApi(event, { transaction }).api[namespace].deleteMetadata("a");
    expect(transaction[namespace].metadata).toEqual({});
  });

  test("can be deleted by key or all at once, and what is not there stays so", () => {
    const event = entityEvent({ a: "1", b: "2", c: "3" });
    const { api, effects } = buildApi(event);
    api[namespace].deleteMetadata("z");
    expect(effects).toEqual([]);
    api[namespace].deleteMetadata("a");
    expect(event[section]?.metadata).toEqual({ b: "2", c: "3" });
    api[namespace].evictMetadata();
    expect(event[section]?.metadata).toEqual({});
  });

  const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`k${index}`, ""]));
  test.each<[string, Record<string, unknown>, unknown, unknown, string]>([
    ["a key that is not text", {}, 7, "x", "Invalid metadata: Metadata key must be a string"],
    ["a value that is not text", {}, "a", 7, "Invalid metadata: Metadata value must be a string"],
    ["undefined", {}, "a", undefined, "Invalid metadata: Metadata value must be a string"],
    ["a 26th key", many, "a", "x", "Invalid metadata: Metadata must not contain more than 25 entries"],
    ["a long key", {}, "k".repeat(256), "x", "Invalid metadata: All metadata keys must be at most 255 characters long"],
    ["a null byte in the key", {}, "a\0", "x", "Invalid metadata: Metadata keys must not contain null bytes (\0)"],
    [
      "an odd key",
      {},
      "a.b",
      "x",
      "Invalid metadata: Metadata keys may only include letters, numbers, underscores, or hyphens",
    ],
    [
      "an empty key",
      {},
      "",
      "x",
      "Invalid metadata: Metadata keys may only include letters, numbers, underscores, or hyphens",
    ],
    [
      "a long value",
      {},
      "a",
      "x".repeat(256),
      "Invalid metadata: All metadata values must be at most 255 characters long",
    ],
    ["a null byte in the value", {}, "a", "x\0", "Invalid metadata: Metadata values must not contain null bytes (\0)"],
  ])("throws for %s and changes nothing", (_state, metadata, key, value, message) => {
    const event = entityEvent(metadata);
    const { api, effects } = buildApi(event);
    expect(() => api[namespace].setMetadata(key as string, value as string)).toThrow(
      new Error(`Failed to set ${LABELS[namespace]} metadata: ${message}`),
    );
    expect(event[section]?.metadata).toEqual(metadata);
    expect(effects).toEqual([]);
  });
});

test("a session that does not exist takes no metadata", () => {
  const { api, effects } = buildApi(buildEvent("database", { session: undefined }));
  expect(() => api.session.setMetadata("a", "x")).toThrow(
    new Error("Failed to set session metadata: Cannot set metadata on a session that does not exist."),
  );
  api.session.deleteMetadata("a");
  api.session.evictMetadata();
  expect(effects).toEqual([]);
});

test("a refresh token that does not exist yet does, without appearing on the event", () => {
  const event = buildEvent();
  const { api, transaction } = buildApi(event);
  api.refreshToken.setMetadata("a", "x");
  expect(event.refresh_token).toBeUndefined();
  expect(nextEvent(event, transaction).refresh_token).toBeUndefined();
  expect(transaction.refreshToken.metadata).toEqual({ a: "x" });
});

test.each<[string, (api: ReturnType<typeof buildApi>["api"]) => void, string]>([
  [
    "setMetadata",
    (api) => api.refreshToken.setMetadata("a", "x"),
    "Failed to set refresh token metadata: Cannot call setMetadata on an online refresh token.",
  ],
  [
    "deleteMetadata",
    (api) => api.refreshToken.deleteMetadata("a"),
    "Cannot call deleteMetadata on an online refresh token.",
  ],
  ["evictMetadata", (api) => api.refreshToken.evictMetadata(), "Cannot call evictMetadata on an online refresh token."],
  ["setExpiresAt", (api) => api.refreshToken.setExpiresAt(1), "Cannot call setExpiresAt on an online refresh token."],
  [
    "setIdleExpiresAt",
    (api) => api.refreshToken.setIdleExpiresAt(1),
    "Cannot call setIdleExpiresAt on an online refresh token.",
  ],
])("an online refresh token refuses %s", (_method, call, message) => {
  const { api } = buildApi(buildEvent("refresh exchange", { refresh_token: { access: "online" } as object }));
  expect(() => call(api)).toThrow(new Error(message));
});
