import { describe, expect, test } from "@jest/globals";
import { nextEvent } from "../../../../../local/auth0/actions/event/next-event.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent, NOW } from "../../../../support/actions/event.ts";

describe.each([["session" as const], ["refreshToken" as const]])("expiry of the %s", (namespace) => {
  test("is the earliest of all calls, over Actions too", () => {
    const { api, transaction } = buildApi();
    api[namespace].setExpiresAt(NOW + 3000);
    api[namespace].setExpiresAt(NOW + 1000);
    buildApi(buildEvent(), { transaction }).api[namespace].setExpiresAt(NOW + 2000);
    api[namespace].setIdleExpiresAt(NOW + 500);
    expect(transaction[namespace]).toEqual({ expiresAt: NOW + 1000, idleExpiresAt: NOW + 500 });
  });

  test.each([[0], [undefined], [null], [Number.NaN], [""]])("throws for %p, which is never: no end", (at) => {
    const { api, transaction } = buildApi();
    const message = "Either inactivity or absolute expiration time must be provided";
    expect(() => api[namespace].setExpiresAt(at as number)).toThrow(new Error(message));
    expect(() => api[namespace].setIdleExpiresAt(at as number)).toThrow(new Error(message));
    expect(transaction[namespace]).toEqual({});
  });

  test.each([["tomorrow"], [Number.POSITIVE_INFINITY], [{}]])("throws for %p, which is not a number", (at) => {
    const { api } = buildApi();
    expect(() => api[namespace].setExpiresAt(at as number)).toThrow(new Error("absolute must be number"));
    expect(() => api[namespace].setIdleExpiresAt(at as number)).toThrow(new Error("inactivity must be number"));
  });
});

describe("session.setCookieMode", () => {
  test("counts the last call and is live on the event", () => {
    const event = buildEvent("database", { session: { cookie: { mode: "persistent" } } });
    const before = structuredClone(event);
    const { api, transaction } = buildApi(event);
    api.session.setCookieMode("persistent");
    api.session.setCookieMode("non-persistent");
    expect(event.session?.cookie).toEqual({ mode: "non-persistent" });
    expect(transaction.session.cookieMode).toBe("non-persistent");
    expect(nextEvent(before, transaction).session?.cookie).toEqual({ mode: "non-persistent" });
  });

  test.each([[{}], [undefined]])("does not make a session out of %p", (session) => {
    const event = buildEvent();
    if (session) event.session = session as { id: string };
    else delete event.session;
    const before = structuredClone(event);
    const { api, transaction } = buildApi(event);
    api.session.setCookieMode("persistent");
    expect(event.session).toEqual(session);
    expect(nextEvent(before, transaction).session).toEqual(session);
  });

  test.each([
    [undefined, "Cookie mode must be provided"],
    ["", "Cookie mode must be provided"],
    ["forever", "Invalid cookie mode: forever. Valid values are 'persistent' and 'non-persistent'."],
  ])("throws for %p", (mode, message) => {
    expect(() => buildApi().api.session.setCookieMode(mode as "persistent")).toThrow(new Error(message));
  });
});

describe("revoke throws", () => {
  test.each<[string, unknown, unknown, string]>([
    ["for a reason that is not text", 7, undefined, "message must be string"],
    ["for options that are not an object", "bye", true, "options must be object"],
    ["for an unknown option", "bye", { keep: true }, "options must NOT have additional properties"],
    [
      "for an option that is not a boolean",
      "bye",
      { preserveRefreshTokens: "yes" },
      "preserveRefreshTokens must be boolean",
    ],
  ])("of a session %s", (_state, reason, options, message) => {
    const { api, effects } = buildApi();
    expect(() => api.session.revoke(reason as string, options as object)).toThrow(new Error(message));
    expect(effects).toEqual([]);
  });

  test("of a refresh token for a long reason", () => {
    const { api } = buildApi(buildEvent("refresh exchange"));
    expect(() => api.refreshToken.revoke("r".repeat(1025))).toThrow(
      new Error("message must NOT have more than 1024 characters"),
    );
  });
});
