import { describe, expect, test } from "@jest/globals";
import {
  createCredentialsExchangeApi,
  startCredentialsExchange,
} from "../../../../../local/auth0/actions/api/credentials-exchange.ts";
import { issueScopes } from "../../../../../local/auth0/actions/api/issue-scopes.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildClientCredentialsEvent } from "../../../../support/actions/client-credentials-event.ts";
import { buildEvent, NOW } from "../../../../support/actions/event.ts";

const AUDIENCE = "https://api.example.com/";
const CUSTOM = { audience: AUDIENCE, isAuth0Api: false, isThirdParty: false };

const buildM2m = (settings = {}) => {
  const event = buildClientCredentialsEvent();
  const transaction = startCredentialsExchange(event);
  return { event, transaction, ...createCredentialsExchangeApi({ event, transaction, settings, now: () => NOW }) };
};

const badScopes: [string, unknown, string][] = [
  ["no text", 7, "The value for the scope must be a string."],
  ["nothing", undefined, "The value for the scope must be a string."],
  ["blank", "  ", "The value for the scope is required."],
  ["281 characters", "s".repeat(281), "The value for the scope exceeds the allowed maximum of 280 characters."],
  ["a space inside", "read users", "The value for the scope must not have whitespace."],
  ["a line break inside", "read\nusers", "The value for the scope must not have whitespace."],
];

describe("every method that takes a scope throws and changes nothing for", () => {
  test.each(badScopes)("%s", (_state, scope, message) => {
    const { api, effects } = buildApi();
    const m2m = buildM2m();
    const calls = [
      () => api.accessToken.addScope(scope as string),
      () => api.accessToken.removeScope(scope as string),
      () => api.transaction.addTargetScope(scope as string),
      () => api.transaction.removeTargetScope(scope as string),
      () => api.transaction.setTargetScopes(["fine", scope as string]),
      () => m2m.api.transaction.addTargetScope(scope as string),
    ];
    for (const call of calls) expect(call).toThrow(message);
    expect([...effects, ...m2m.effects]).toEqual([]);
  });

  test("a wrong type is a TypeError", () => {
    expect(() => buildApi().api.accessToken.addScope(7 as unknown as string)).toThrow(TypeError);
    expect(() => buildApi().api.transaction.setTargetScopes("a" as unknown as string[])).toThrow(
      new TypeError("The value for scopes must be an array."),
    );
  });
});

describe("scopes changed directly", () => {
  test.each<[string, ["add" | "remove", string][], string[]]>([
    ["nothing changed", [], ["openid", "a"]],
    ["added, without the space around it", [["add", " z "]], ["openid", "a", "z"]],
    ["removed", [["remove", "a"]], ["openid"]],
    ["removed although it is not there", [["remove", "z"]], ["openid", "a"]],
    [
      "removed, then added",
      [
        ["remove", "a"],
        ["add", "a"],
      ],
      ["openid", "a"],
    ],
    [
      "added, then removed",
      [
        ["add", "z"],
        ["remove", "z"],
      ],
      ["openid", "a"],
    ],
    [
      "added twice",
      [
        ["add", "z"],
        ["add", "z"],
      ],
      ["openid", "a", "z"],
    ],
  ])("%s", (_state, calls, expected) => {
    const { api, transaction } = buildApi();
    for (const [operation, scope] of calls) api.accessToken[`${operation}Scope`](scope);
    expect(issueScopes(["openid", "a"], transaction.scopeOperations, CUSTOM).scopes).toEqual(expected);
  });

  test("a later Action's word on the same scope counts, and different scopes add up", () => {
    const { api, transaction } = buildApi();
    api.accessToken.addScope("y");
    api.accessToken.addScope("z");
    buildApi(buildEvent(), { transaction }).api.accessToken.removeScope("z");
    expect(issueScopes([], transaction.scopeOperations, CUSTOM).scopes).toEqual(["y"]);
  });

  test("1000 additions are the most; removals do not count", () => {
    const { api } = buildApi();
    for (let index = 0; index < 1000; index++) api.accessToken.addScope(`s${index}`);
    api.accessToken.removeScope("other");
    api.accessToken.addScope("s1");
    expect(() => api.accessToken.addScope("one-more")).toThrow(
      new Error("The number of scopes exceeds the allowed maximum of 1000."),
    );
  });

  test("an Auth0 API's token ignores them, and the tenant's log says so", () => {
    const operations = new Map([
      ["z", "add" as const],
      ["a", "remove" as const],
    ]);
    const issued = issueScopes(["a"], operations, { ...CUSTOM, isAuth0Api: true });
    expect(issued).toEqual({
      scopes: ["a"],
      warnings: [
        `Attempting to add scopes to an access token for an internal audience: ${AUDIENCE}. These scopes were ignored.`,
      ],
    });
    const removal = issueScopes(["a"], new Map([["a", "remove" as const]]), { ...CUSTOM, isAuth0Api: true });
    expect(removal).toEqual({ scopes: ["a"], warnings: [] });
  });

  test("a third-party application's token takes removals only", () => {
    const operations = new Map([
      ["z", "add" as const],
      ["a", "remove" as const],
    ]);
    expect(issueScopes(["a", "b"], operations, { ...CUSTOM, isThirdParty: true }).scopes).toEqual(["b"]);
  });
});

describe("target scopes", () => {
  test("start as those requested and are live on the event, in order and without duplicates", () => {
    const { api, event, transaction } = buildApi();
    api.transaction.addTargetScope(" z ");
    api.transaction.addTargetScope("z");
    api.transaction.removeTargetScope("openid");
    expect(event.transaction?.target_scopes).toEqual(["get:users", "delete:users", "z"]);
    api.transaction.setTargetScopes(["b", "a", "b"]);
    expect(event.transaction?.target_scopes).toEqual(["b", "a"]);
    api.transaction.clearTargetScopes();
    expect(transaction.targetScopes).toEqual([]);
  });

  test("setting none is clearing", () => {
    const { api, event } = buildApi();
    api.transaction.setTargetScopes([]);
    expect(event.transaction?.target_scopes).toEqual([]);
  });

  test("make a transaction on an event that has none", () => {
    const { api, event } = buildApi(buildEvent("database", { transaction: undefined }));
    api.transaction.addTargetScope("a");
    expect(event.transaction).toEqual({ metadata: {}, target_scopes: ["a"] });
  });

  test("1000 are the most, and a failed call changes nothing", () => {
    const { api, transaction } = buildApi();
    const scopes = Array.from({ length: 1000 }, (_, index) => `s${index}`);
    api.transaction.setTargetScopes(scopes);
    api.transaction.addTargetScope("s1");
    const tooMany = "The number of scopes exceeds the allowed maximum of 1000.";
    expect(() => api.transaction.addTargetScope("one-more")).toThrow(new Error(tooMany));
    expect(() => api.transaction.setTargetScopes([...scopes, "one-more"])).toThrow(new Error(tooMany));
    expect(transaction.targetScopes).toEqual(scopes);
  });

  test("are refused where the tenant lacks them, before the argument is looked at", () => {
    const settings = { targetScopes: false };
    for (const { transaction } of [buildApi(buildEvent(), { settings }).api, buildM2m(settings).api]) {
      const calls = [
        () => transaction.addTargetScope(""),
        () => transaction.removeTargetScope(""),
        () => transaction.setTargetScopes([]),
        () => transaction.clearTargetScopes(),
      ];
      for (const call of calls) expect(call).toThrow(new Error("Method not implemented."));
    }
  });
});

describe("credentials-exchange", () => {
  test("target scopes start as the client grant's", () => {
    const { api, event } = buildM2m();
    api.transaction.removeTargetScope("b");
    expect(event.transaction.target_scopes).toEqual(["a"]);
  });

  test("denies with a code, and the calls chain", () => {
    const { api, effects } = buildM2m();
    expect(api.access.deny("invalid_scope", "no").accessToken.setCustomClaim("a", 1)).toBe(api);
    expect(effects).toEqual([
      { type: "deny", code: "invalid_scope", reason: "no" },
      { type: "set-claim", name: "a", value: 1 },
    ]);
  });

  test("takes a claim named scope, unlike post-login; it is dropped when the token is issued", () => {
    const { api, transaction } = buildM2m();
    expect(() => api.accessToken.setCustomClaim("scope", "all")).not.toThrow();
    expect(transaction.claims.get("scope")).toBe("all");
  });

  test("has the same cache", () => {
    expect(buildM2m().api.cache.set("k", "v")).toEqual({
      type: "success",
      record: { value: "v", expires_at: NOW + 900_000 },
    });
  });
});
