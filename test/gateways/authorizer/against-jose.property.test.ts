import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { jwtVerify } from "jose";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { checkProperty } from "../../support/check-property.ts";
import { AUDIENCE, createSigningKey, encode, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

const key = createSigningKey("key-1");
const authorizer = createAuthorizer({
  issuer: ISSUER,
  audience: AUDIENCE,
  fetchKeySet: async () => ({ keys: [key.jwk] }),
  clock: () => NOW * 1000,
});

const accepts = async (token: string) =>
  (await authorizer.authorize({ method: "GET", target: "/users", headers: { authorization: `Bearer ${token}` } }))
    .kind === "allowed";

/** jose with the same rules: nothing that it refuses may pass here. */
const joseAccepts = async (token: string) => {
  try {
    await jwtVerify(token, key.publicKey, {
      algorithms: ["RS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["exp", "sub"],
      clockTolerance: 5,
      currentDate: new Date(NOW * 1000),
    });
    return true;
  } catch {
    return false;
  }
};

const value = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<unknown>(null, "", AUDIENCE, ISSUER, [AUDIENCE], [], {}, true, 0),
  fc.integer({ min: NOW - 10, max: NOW + 10 }),
  fc.double(),
);

test("nothing passes that jose refuses: claims and headers of any kind, signed", async () => {
  await checkProperty(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom("iss", "aud", "exp", "nbf", "iat", "sub", "scope"), value, { maxKeys: 2 }),
      fc.dictionary(
        fc.constantFrom("alg", "typ", "crit", "b64", "zip", "cty"),
        fc.oneof(value, fc.constantFrom("RS256", "JWT", ["b64"])),
        { maxKeys: 1 },
      ),
      async (claims, header) => {
        const token = signToken(key, { ...goodClaims, ...claims }, header);
        if (await accepts(token)) expect(await joseAccepts(token)).toBe(true);
      },
    ),
    { runs: 300, seed: 1 },
  );
});

test("nothing passes that jose refuses: a good token with some of its characters changed", async () => {
  const good = signToken(key);
  await checkProperty(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.constantFrom(..."AZaz09-_.+/= ")), { minLength: 1, maxLength: 3 }),
      async (changes) => {
        const letters = [...good];
        for (const [at, letter] of changes) letters[at] = letter;
        const token = letters.join("");
        if (await accepts(token)) expect(await joseAccepts(token)).toBe(true);
      },
    ),
    { runs: 300, seed: 1 },
  );
});

test("what Auth0 issues passes both", async () => {
  await checkProperty(
    fc.asyncProperty(
      fc.record({
        sub: fc.constantFrom("auth0|1", "google-oauth2|2", "worker@clients", "samlp|x|y@example"),
        aud: fc.constantFrom<unknown>(AUDIENCE, [AUDIENCE], [AUDIENCE, `${ISSUER}userinfo`]),
        iat: fc.integer({ min: NOW - 7200, max: NOW }),
        exp: fc.integer({ min: NOW + 1, max: NOW + 90_000 }),
        permissions: fc.array(fc.string()),
        "https://api.example.com/name": fc.string({ unit: "grapheme" }),
      }),
      async (claims) => {
        const token = signToken(key, { ...goodClaims, ...claims });
        expect([await accepts(token), await joseAccepts(token)]).toEqual([true, true]);
      },
    ),
    { runs: 100, seed: 1 },
  );
});

test("a header is judged anew for each token that brings it", async () => {
  const [, payload = "", signature = ""] = signToken(key).split(".");
  const forged = `${encode({ alg: "none", typ: "JWT", kid: "key-1" })}.${payload}.${signature}`;
  for (let i = 0; i < 3; i++) {
    expect(await accepts(forged)).toBe(false);
    expect(await accepts(signToken(key))).toBe(true);
  }
});
