import { describe, expect, test } from "@jest/globals";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { listAttacks } from "../support/attacks.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

const key = createSigningKey("key-1");

const authorizerFor = (options: Partial<Parameters<typeof createAuthorizer>[0]> = {}) =>
  createAuthorizer({
    issuer: ISSUER,
    audience: AUDIENCE,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
    clock: () => NOW * 1000,
    ...options,
  });
const ask = (token: string | undefined, options: Partial<Parameters<typeof createAuthorizer>[0]> = {}) =>
  authorizerFor(options).authorize({
    method: "GET",
    target: "/users/12?x=1",
    headers: { authorization: token === undefined ? undefined : `Bearer ${token}` },
  });

describe("a token that must not be accepted", () => {
  test.each(listAttacks(key))("$name is refused with $status", async ({ authorization, status, code }) => {
    const decision = await authorizerFor().authorize({
      method: "GET",
      target: "/users/12",
      headers: { authorization },
    });
    expect(decision).toMatchObject({ kind: "refused", status, code });
  });

  test.each(["nonce", "at_hash", "c_hash", "s_hash", "events"])(
    "a claim %s says that it is not an access token",
    async (claim) => {
      expect(await ask(signToken(key, { ...goodClaims, [claim]: "LDktKdoQak3Pk0cnXxCltA" }))).toMatchObject({
        status: 401,
        code: "id_token",
      });
    },
  );

  test("a token may be as long as the limit, and not a character longer", async () => {
    const token = signToken(key);
    expect(await ask(token, { maxTokenLength: token.length })).toMatchObject({ kind: "allowed" });
    for (const more of [1, 7, 16]) {
      expect(await ask(token, { maxTokenLength: token.length - more })).toMatchObject({ code: "token_too_large" });
    }
  });

  test("two Authorization headers are refused, though each of them is good", async () => {
    const one = `Bearer ${signToken(key)}`;
    const decision = await authorizerFor().authorize({
      method: "GET",
      target: "/users",
      headers: { authorization: [one, one] },
    });
    expect(decision).toMatchObject({ status: 401, code: "malformed_authorization" });
  });

  test("a token in the query or in a cookie is none", async () => {
    const token = signToken(key);
    const decision = await authorizerFor().authorize({
      method: "GET",
      target: `/users?access_token=${token}`,
      headers: { cookie: `access_token=${token}` },
    });
    expect(decision).toMatchObject({ status: 401, code: "no_token" });
  });

  test("no refusal says anything of the token", async () => {
    for (const { authorization } of listAttacks(key)) {
      const decision = await authorizerFor().authorize({
        method: "GET",
        target: "/users/12",
        headers: { authorization },
      });
      const text = JSON.stringify(decision);
      for (const part of authorization?.split(/[ .,]/).filter((one) => one.length > 10) ?? [])
        expect(text).not.toContain(part);
      expect(text).not.toContain("@example.com");
    }
  });
});

describe("a token that must be accepted", () => {
  test.each([
    ["audience as a list", goodClaims, {}],
    ["audience as a text", { ...goodClaims, aud: AUDIENCE }, {}],
    ["the RFC 9068 profile", { ...goodClaims, jti: "1", client_id: "spa-client" }, { typ: "at+jwt" }],
    ["a type with its prefix", goodClaims, { typ: "application/at+JWT" }],
    ["no type", goodClaims, { typ: undefined }],
    ["a machine", { ...goodClaims, sub: "worker@clients", gty: "client-credentials", scope: "get:users" }, {}],
    ["nbf now", { ...goodClaims, nbf: NOW }, {}],
    ["a clock that is a little behind", { ...goodClaims, iat: NOW + 5, nbf: NOW + 5 }, {}],
    ["a clock that is a little ahead", { ...goodClaims, exp: NOW - 4 }, {}],
    ["a foreign address of keys that nobody asks", goodClaims, { jku: "https://evil.example/jwks.json" }],
    ["a claim named as a refusal", { ...goodClaims, kind: "refused", status: 401 }, {}],
  ])("%s", async (_name, claims, header) => {
    expect(await ask(signToken(key, claims, header))).toMatchObject({ kind: "allowed", subject: claims.sub });
  });

  // RFC 9110 §11.4: credentials = auth-scheme [ 1*SP … ].
  test.each([" ", "  ", "     "])("behind %j after its scheme", async (blanks) => {
    const headers = { authorization: `Bearer${blanks}${signToken(key)}` };
    const decision = await authorizerFor().authorize({ method: "GET", target: "/users", headers });
    expect(decision.kind).toBe("allowed");
  });

  test("the scheme's case does not matter", async () => {
    const headers = { authorization: `bEARER ${signToken(key)}` };
    const decision = await authorizerFor().authorize({ method: "GET", target: "/users", headers });
    expect(decision.kind).toBe("allowed");
  });

  test("the decision names subject, scopes and organization", async () => {
    expect(await ask(signToken(key, { ...goodClaims, org_id: "org_1" }))).toMatchObject({
      kind: "allowed",
      subject: "auth0|user-1",
      scopes: ["openid", "profile", "get:users"],
      organization: "org_1",
      customer: undefined,
      usage: undefined,
    });
  });
});

const AUDIENCE_PROBLEM = "audience: must be the API's identifier, and end in a slash";
const ISSUER_PROBLEM = "issuer: must be https://<domain>/, with its slash at the end";
const JWKS_PROBLEM = "jwksUrl: must be an HTTPS address (HTTP only on this machine)";
const LEEWAY_PROBLEM = "leeway: must be between 0 and 300 seconds";
const LENGTH_PROBLEM = "maxTokenLength: must be between 512 and 100,000 characters";

describe("settings", () => {
  test.each([
    [
      "permissions count when they are chosen",
      { scopeClaim: "permissions" },
      { permissions: ["get:users"], scope: "" },
      "allowed",
    ],
    ["scope does not count when permissions are chosen", { scopeClaim: "permissions" }, {}, "refused"],
    ["either may grant", { scopeClaim: "either" }, { permissions: ["get:users"], scope: "" }, "allowed"],
    ["a second issuer of the tenant", { issuer: ["https://login.example.com/", ISSUER] }, {}, "allowed"],
    ["an organization is required", { organizations: "required" }, {}, "refused"],
    ["an empty organization is none", { organizations: "required" }, { org_id: "" }, "refused"],
    ["any organization will do", { organizations: "required" }, { org_id: "org_9" }, "allowed"],
    ["one of these organizations", { organizations: ["org_1"] }, { org_id: "org_1" }, "allowed"],
    ["another organization", { organizations: ["org_1"] }, { org_id: "org_10" }, "refused"],
    ["no organization where some are named", { organizations: ["org_1"] }, {}, "refused"],
    [
      "a bound token, where its proof was asked for before",
      { boundTokens: "accept" },
      { cnf: { jkt: "x" } },
      "allowed",
    ],
    ["no leeway", { leeway: 0 }, { exp: NOW - 1 }, "refused"],
  ] as const)("%s", async (_name, options, claims, kind) => {
    expect((await ask(signToken(key, { ...goodClaims, ...claims }), options)).kind).toBe(kind);
  });

  test.each([
    ["an audience without a slash", { audience: "https://api.example.com" }, [AUDIENCE_PROBLEM]],
    ["an audience that would break out of a header", { audience: 'https://x/", error="' }, [AUDIENCE_PROBLEM]],
    ["an issuer without a slash", { issuer: "https://tenant.example.com" }, [ISSUER_PROBLEM]],
    ["an issuer over HTTP", { issuer: "http://tenant.example.com/" }, [ISSUER_PROBLEM, JWKS_PROBLEM]],
    ["an issuer that is not an address", { issuer: "tenant.example.com/" }, [ISSUER_PROBLEM, JWKS_PROBLEM]],
    ["no issuer", { issuer: [] }, ["issuer: is missing", JWKS_PROBLEM]],
    ["keys over HTTP from elsewhere", { jwksUrl: "http://tenant.example.com/jwks.json" }, [JWKS_PROBLEM]],
    [
      "keys over HTTP from a name that begins like this machine",
      { jwksUrl: "http://127.0.0.1.evil.example/" },
      [JWKS_PROBLEM],
    ],
    ["a leeway of an hour", { leeway: 3600 }, [LEEWAY_PROBLEM]],
    ["a leeway that is not a number", { leeway: Number.NaN }, [LEEWAY_PROBLEM]],
    ["a leeway below nothing", { leeway: -1 }, [LEEWAY_PROBLEM]],
    [
      "an empty list of organizations",
      { organizations: [] },
      ['organizations: an empty list would let nobody in: say "any", "required", or which'],
    ],
    ["a limit of nothing", { maxTokenLength: 0 }, [LENGTH_PROBLEM]],
    ["a limit that is none", { maxTokenLength: 100_001 }, [LENGTH_PROBLEM]],
  ])("%s stops the start", (_name, options, problems) => {
    expect(() => authorizerFor(options)).toThrow(expect.objectContaining({ code: "GATEWAY_CONFIGURATION", problems }));
  });
});

/** RFC 9728 §5.1: where a client learns who issues tokens for this API. */
const METADATA = 'resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"';

describe("the answer", () => {
  const refusal = async (token: string | undefined) => {
    const decision = await ask(token);
    if (decision.kind !== "refused") throw new Error("was allowed");
    return decision;
  };

  test("without a token the challenge has no error (RFC 6750 §3.1)", async () => {
    expect((await refusal(undefined)).wwwAuthenticate).toBe(`Bearer realm="${AUDIENCE}", ${METADATA}`);
  });

  test("a bad token is told what is wrong with it", async () => {
    const { wwwAuthenticate, body } = await refusal(signToken(key, { ...goodClaims, exp: NOW - 60 }));
    expect(wwwAuthenticate).toBe(
      `Bearer realm="${AUDIENCE}", error="invalid_token", error_description="The token has expired", ${METADATA}`,
    );
    expect(JSON.parse(body)).toEqual({ error: "invalid_token", error_description: "The token has expired" });
  });

  test("a missing scope is named", async () => {
    const { wwwAuthenticate, body } = await refusal(signToken(key, { ...goodClaims, scope: "openid" }));
    expect(wwwAuthenticate).toBe(
      `Bearer realm="${AUDIENCE}", error="insufficient_scope", error_description="The token lacks a scope", scope="get:users", ${METADATA}`,
    );
    expect(JSON.parse(body)).toMatchObject({ error: "insufficient_scope", scope: "get:users" });
  });
});
