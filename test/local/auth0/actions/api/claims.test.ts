import { describe, expect, test } from "@jest/globals";
import { type DropReason, issueClaims } from "../../../../../local/auth0/actions/api/issue-claims.ts";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent } from "../../../../support/actions/event.ts";

const CUSTOM = { scopes: ["openid"], isAuth0Api: false };
const RESTRICTED = [
  "acr",
  "act",
  "active",
  "amr",
  "at_hash",
  "ath",
  "attest",
  "aud",
  "auth_time",
  "authorization_details",
  "azp",
  "c_hash",
  "client_id",
  "cnf",
  "cty",
  "dest",
  "entitlements",
  "events",
  "exp",
  "groups",
  "gty",
  "htm",
  "htu",
  "iat",
  "internalService",
  "iss",
  "jcard",
  "jku",
  "jti",
  "jwe",
  "jwk",
  "kid",
  "may_act",
  "mky",
  "nbf",
  "nonce",
  "object_id",
  "org_id",
  "org_name",
  "orig",
  "origid",
  "permissions",
  "roles",
  "rph",
  "s_hash",
  "sid",
  "sip_callid",
  "sip_cseq_num",
  "sip_date",
  "sip_from_tag",
  "sip_via_branch",
  "sub",
  "sub_jwk",
  "toe",
  "txn",
  "typ",
  "uuid",
  "vot",
  "vtm",
  "x5t#S256",
];

describe("setCustomClaim", () => {
  test.each([["accessToken" as const], ["idToken" as const]])("of %s throws for scope alone", (token) => {
    const { api, effects } = buildApi();
    expect(() => api[token].setCustomClaim("scope", "all")).toThrow(new Error('The "scope" claim cannot be set.'));
    expect(effects).toEqual([]);
    for (const name of RESTRICTED) expect(() => api[token].setCustomClaim(name, 1)).not.toThrow();
  });

  test("keeps the tokens apart; of the same name the last call counts, over Actions too", () => {
    const { api, transaction } = buildApi();
    api.accessToken.setCustomClaim("a", 1).accessToken.setCustomClaim("a", 2).idToken.setCustomClaim("b", 3);
    buildApi(buildEvent(), { transaction }).api.accessToken.setCustomClaim("a", 4);
    expect(issueClaims(transaction.claims.accessToken, CUSTOM).claims).toEqual({ a: 4 });
    expect(issueClaims(transaction.claims.idToken, CUSTOM).claims).toEqual({ b: 3 });
  });

  test("takes the value as it is at the call, and as JSON has it", () => {
    const { api, transaction } = buildApi();
    const value: Record<string, unknown> = { at: new Date(0), none: undefined };
    api.accessToken.setCustomClaim("a", value);
    value.later = true;
    expect(issueClaims(transaction.claims.accessToken, CUSTOM).claims).toEqual({
      a: { at: "1970-01-01T00:00:00.000Z" },
    });
  });

  test.each<[string, unknown]>([
    [
      "a circle",
      (() => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      })(),
    ],
    ["a big integer", 1n],
  ])("throws for %s", (_state, value) => {
    expect(() => buildApi().api.accessToken.setCustomClaim("a", value)).toThrow(TypeError);
  });
});

describe("when the token is issued", () => {
  test("restricted names are dropped without an error", () => {
    const asked = new Map([...RESTRICTED, "scope", "fine"].map((name) => [name, 1]));
    const { claims, dropped } = issueClaims(asked, CUSTOM);
    expect(claims).toEqual({ fine: 1 });
    expect(dropped).toHaveLength(RESTRICTED.length + 1);
    expect(new Set(dropped.map(({ reason }) => reason))).toEqual(new Set(["restricted"]));
  });

  test.each<[string, unknown, DropReason | undefined]>([
    ["plan", "pro", undefined],
    ["https://api.example.com/email", "x", undefined],
    ["https://api.example.com/roles", [], undefined],
    ["urn:example:email", "x", undefined],
    ["https://notauth0.com/a", 1, undefined],
    ["https://auth0.com.example.com/a", 1, undefined],
    ["https://auth0.com/a", 1, "reserved-namespace"],
    ["http://tenant.eu.auth0.com/a", 1, "reserved-namespace"],
    ["https://x.webtask.io/a", 1, "reserved-namespace"],
    ["https://webtask.run/a", 1, "reserved-namespace"],
    ["urn:auth0:a", 1, "reserved-namespace"],
    ["email", "x", "scope-not-granted"],
    ["email_verified", true, "scope-not-granted"],
    ["name", "x", "scope-not-granted"],
    ["updated_at", "x", "scope-not-granted"],
    ["address", {}, "scope-not-granted"],
    ["phone_number", "x", "scope-not-granted"],
    ["nothing", undefined, "undefined"],
  ])("%s: %p is dropped for %p", (name, value, reason) => {
    const { claims, dropped } = issueClaims(new Map([[name, value]]), CUSTOM);
    expect(dropped).toEqual(reason === undefined ? [] : [{ name, reason }]);
    expect(Object.hasOwn(claims, name)).toBe(reason === undefined);
  });

  test.each([
    ["profile", "nickname"],
    ["email", "email"],
    ["address", "address"],
    ["phone", "phone_number_verified"],
  ])("scope %s lets %s through", (scope, name) => {
    expect(issueClaims(new Map([[name, "x"]]), { ...CUSTOM, scopes: [scope] }).claims).toEqual({ [name]: "x" });
  });

  test("an Auth0 API's token takes namespaced names only", () => {
    const asked = new Map([
      ["plan", 1],
      ["https://api.example.com/plan", 1],
    ]);
    expect(issueClaims(asked, { ...CUSTOM, isAuth0Api: true })).toEqual({
      claims: { "https://api.example.com/plan": 1 },
      dropped: [{ name: "plan", reason: "not-namespaced" }],
    });
  });

  test("null is issued, or dropped where that is set", () => {
    const asked = new Map([["a", null]]);
    expect(issueClaims(asked, CUSTOM).claims).toEqual({ a: null });
    expect(issueClaims(asked, { ...CUSTOM, settings: { nullClaim: "dropped" } })).toEqual({
      claims: {},
      dropped: [{ name: "a", reason: "null" }],
    });
  });

  test("100 KB of names and values are the most; what is dropped does not count", () => {
    const most = new Map([
      ["a", "x".repeat(100 * 1024 - 3)],
      ["roles", "x".repeat(1000)],
    ]);
    expect(() => issueClaims(most, CUSTOM)).not.toThrow();
    expect(() => issueClaims(new Map([...most, ["b", "1"]]), CUSTOM)).toThrow(
      expect.objectContaining({ code: "custom_claims_too_large" }),
    );
  });

  test("a name that objects have anyway is a claim like any other", () => {
    const { claims } = issueClaims(new Map([["__proto__", { admin: true }]]), CUSTOM);
    expect(Object.keys(claims)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
  });
});
