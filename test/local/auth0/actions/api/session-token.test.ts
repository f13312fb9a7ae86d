import { createHmac } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { jwtVerify } from "jose";
import { buildApi } from "../../../../support/actions/api.ts";
import { buildEvent, type EventChanges, NOW } from "../../../../support/actions/event.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const SECONDS = NOW / 1000;
const GOOD_CLAIMS = {
  iat: SECONDS,
  iss: "example.eu.auth0.com",
  sub: "auth0|ada",
  exp: SECONDS + 60,
  state: "state-1",
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (claims: unknown, header: unknown = { alg: "HS256" }, key = SECRET) => {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
};
const comeBack = (request: EventChanges["request"], settings = {}) =>
  buildApi(buildEvent("database", { request }), { isContinuing: true, settings }).api.redirect;

describe("redirect.encodeToken", () => {
  test("is a JWT that other libraries accept, with the platform's claims in their order", async () => {
    const token = buildApi().api.redirect.encodeToken({ secret: SECRET, payload: { plan: "pro" } });
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
      currentDate: new Date(NOW),
    });
    expect(protectedHeader).toEqual({ alg: "HS256", typ: "JWT" });
    expect(Object.entries(payload)).toEqual([
      ["iat", SECONDS],
      ["iss", "example.eu.auth0.com"],
      ["sub", "auth0|ada"],
      ["exp", SECONDS + 900],
      ["ip", "127.0.0.1"],
      ["plan", "pro"],
    ]);
  });

  test("lives as long as asked, and the payload may overwrite claims", () => {
    const token = buildApi().api.redirect.encodeToken({
      secret: SECRET,
      expiresInSeconds: 5,
      payload: { sub: "other" },
    });
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ exp: SECONDS + 5, sub: "other" });
  });

  test("throws without a secret", () => {
    expect(() => buildApi().api.redirect.encodeToken({ secret: "", payload: {} })).toThrow(
      "secretOrPrivateKey must have a value",
    );
  });
});

describe("redirect.validateToken", () => {
  const good = sign(GOOD_CLAIMS);

  test.each<[string, EventChanges["request"], string | undefined]>([
    ["in the query", { query: { session_token: good, state: "state-1" } }, undefined],
    [
      "in the body, which wins",
      { query: { session_token: "x", state: "x" }, body: { session_token: good, state: "state-1" } },
      undefined,
    ],
    ["under another name", { query: { proof: good, state: "state-1" } }, "proof"],
  ])("returns the payload of a token %s", (_place, request, tokenParameterName) => {
    const options = tokenParameterName === undefined ? { secret: SECRET } : { secret: SECRET, tokenParameterName };
    expect(comeBack(request).validateToken(options)).toEqual(GOOD_CLAIMS);
  });

  test.each([["session_token"], ["proof"]])("throws if there is no parameter %s", (tokenParameterName) => {
    expect(() =>
      comeBack({ query: { state: "state-1" } }).validateToken({ secret: SECRET, tokenParameterName }),
    ).toThrow(
      new Error(
        `There is no parameter called '${tokenParameterName}' available in either the POST body or query string.`,
      ),
    );
  });

  test.each<[string, unknown, string]>([
    ["no JWT", "token", "jwt malformed"],
    ["a JWT of four parts", `${good}.x`, "jwt malformed"],
    ["no text", 7, "jwt malformed"],
    ["no JSON", "a.b.c", "invalid token"],
    ["a payload that is a list", sign([]), "invalid token"],
    ["no signature, algorithm none", `${encode({ alg: "none" })}.${encode(GOOD_CLAIMS)}.`, "invalid algorithm"],
    ["another algorithm in its header", sign(GOOD_CLAIMS, { alg: "HS384" }), "invalid algorithm"],
    ["another secret", sign(GOOD_CLAIMS, { alg: "HS256" }, "other"), "invalid signature"],
    ["a cut signature", good.slice(0, -4), "invalid signature"],
    [
      "a changed payload",
      good.replace(/\..*\./, `.${encode({ ...GOOD_CLAIMS, sub: "auth0|eve" })}.`),
      "invalid signature",
    ],
    ["an end that has come", sign({ ...GOOD_CLAIMS, exp: SECONDS }), "jwt expired"],
    ["no end", sign({ ...GOOD_CLAIMS, exp: undefined }), "Missing or invalid standard claims"],
    ["no beginning", sign({ ...GOOD_CLAIMS, iat: undefined }), "Missing or invalid standard claims"],
    ["no subject", sign({ ...GOOD_CLAIMS, sub: undefined }), "Missing or invalid standard claims"],
    ["no issuer", sign({ ...GOOD_CLAIMS, iss: "" }), "Missing or invalid standard claims"],
    ["no state", sign({ ...GOOD_CLAIMS, state: undefined }), "Missing or invalid standard claims"],
    [
      "another issuer",
      sign({ ...GOOD_CLAIMS, iss: "evil.example.com" }),
      "jwt issuer invalid. expected: example.eu.auth0.com",
    ],
    ["another subject", sign({ ...GOOD_CLAIMS, sub: "auth0|eve" }), "jwt subject invalid. expected: auth0|ada"],
    [
      "another state",
      sign({ ...GOOD_CLAIMS, state: "state-2" }),
      "State in the token does not match the /continue state.",
    ],
  ])("throws for a token with %s", (_state, token, reason) => {
    expect(() =>
      comeBack({ query: { session_token: token, state: "state-1" } }).validateToken({ secret: SECRET }),
    ).toThrow(new Error(`The session token is invalid: ${reason}`));
  });

  test("takes any issuer, where that is set", () => {
    const token = sign({ ...GOOD_CLAIMS, iss: "https://app.example.com" });
    const redirect = comeBack(
      { query: { session_token: token, state: "state-1" } },
      { sessionTokenIssuer: "anything" },
    );
    expect(redirect.validateToken({ secret: SECRET })).toMatchObject({ iss: "https://app.example.com" });
  });
});
