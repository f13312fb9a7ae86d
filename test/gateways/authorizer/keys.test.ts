import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { parseKeySet } from "../../../gateways/authorizer/keys/parse-key-set.ts";
import { createMovableClock, type MovableClock } from "../../../local/clock.ts";
import { until } from "../../support/until.ts";
import {
  AUDIENCE,
  createSigningKey,
  goodClaims,
  ISSUER,
  type JwksServer,
  NOW,
  type SigningKey,
  signToken,
  startJwksServer,
} from "../support/issuer.ts";

const first = createSigningKey("key-1");
const second = createSigningKey("key-2");
const MINUTE = 60_000;

let jwks: JwksServer;
let clock: MovableClock;
let authorizer: ReturnType<typeof createAuthorizer>;

beforeEach(async () => {
  jwks = await startJwksServer([first]);
  clock = createMovableClock(() => NOW * 1000);
  authorizer = createAuthorizer({ issuer: ISSUER, audience: AUDIENCE, jwksUrl: jwks.url, clock: clock.now });
});
afterEach(() => jwks.close());

const tokenOf = (key: SigningKey, header = {}) => signToken(key, { ...goodClaims, exp: NOW + 100_000 }, header);
const ask = (token: string) =>
  authorizer.authorize({ method: "GET", target: "/users", headers: { authorization: `Bearer ${token}` } });
const answers = async (token: string) => {
  const decision = await ask(token);
  return decision.kind === "refused" ? decision.code : decision.kind;
};
/** Until the refresh that a request has begun in the background has been answered, well or not, however long that takes. */
const refreshed = async () => {
  const { keys } = authorizer;
  await until(() => keys.stats.age === 0 || keys.stats.failures > 0);
  // What waits for the refresh has gone on.
  await new Promise(setImmediate);
};

test("a thousand requests at once fetch the keys once", async () => {
  const token = tokenOf(first);
  const decisions = await Promise.all(Array.from({ length: 1000 }, () => ask(token)));
  expect(decisions.every(({ kind }) => kind === "allowed")).toBe(true);
  expect(jwks.requests).toBe(1);
});

test("known keys ask nobody", async () => {
  for (let i = 0; i < 20; i++) expect(await answers(tokenOf(first))).toBe("allowed");
  expect(jwks.requests).toBe(1);
});

describe("rotation", () => {
  test("a key published since is found with the first token signed with it", async () => {
    expect(await answers(tokenOf(first))).toBe("allowed");
    jwks.keys = [second, first];
    expect(await answers(tokenOf(second))).toBe("allowed");
    expect(await answers(tokenOf(first))).toBe("allowed");
    expect(jwks.requests).toBe(2);
  });

  test("many tokens of a new key at once fetch the keys once", async () => {
    await authorizer.keys.load();
    jwks.keys = [second, first];
    const token = tokenOf(second);
    expect(
      (await Promise.all(Array.from({ length: 200 }, () => ask(token)))).every(({ kind }) => kind === "allowed"),
    ).toBe(true);
    expect(jwks.requests).toBe(2);
  });

  test("an old key is good until it is gone from the set, and then no longer", async () => {
    expect(await answers(tokenOf(first))).toBe("allowed");
    jwks.keys = [second];
    clock.advance(11 * MINUTE);
    expect(await answers(tokenOf(first))).toBe("allowed");
    await refreshed();
    expect(await answers(tokenOf(first))).toBe("key_unknown");
    expect(await answers(tokenOf(second))).toBe("allowed");
  });

  test("a set is read anew when it is older than ten minutes, and not before", async () => {
    await authorizer.keys.load();
    clock.advance(10 * MINUTE);
    expect([authorizer.keys.find(first.kid) !== undefined, authorizer.keys.stats.fetches]).toEqual([true, 1]);
    clock.advance(1);
    expect([authorizer.keys.find(first.kid) !== undefined, authorizer.keys.stats.fetches]).toEqual([true, 2]);
    await refreshed();
  });

  test("a key that is read again is the same object, by which it is told that what it has verified still holds", async () => {
    await authorizer.keys.load();
    const before = authorizer.keys.find(first.kid);
    jwks.keys = [second, first];
    clock.advance(11 * MINUTE);
    authorizer.keys.find(first.kid);
    await refreshed();
    expect(authorizer.keys.find(second.kid)).toBeDefined();
    expect(authorizer.keys.find(first.kid)).toBe(before);
  });

  test("a key that changed under its id is the new one after the next reading", async () => {
    const replaced = createSigningKey(first.kid);
    expect(await answers(tokenOf(first))).toBe("allowed");
    jwks.keys = [replaced];
    clock.advance(11 * MINUTE);
    await ask(tokenOf(first));
    await refreshed();
    expect(await answers(tokenOf(first))).toBe("signature_invalid");
    expect(await answers(tokenOf(replaced))).toBe("allowed");
  });
});

describe("invented key ids", () => {
  test("cost the issuer one request in ten seconds, however many there are", async () => {
    expect(await answers(tokenOf(first))).toBe("allowed");
    for (let i = 0; i < 50; i++) expect(await answers(tokenOf(first, { kid: `invented-${i}` }))).toBe("key_unknown");
    expect(jwks.requests).toBe(2);
    clock.advance(10_000);
    expect(await answers(tokenOf(first, { kid: "invented" }))).toBe("key_unknown");
    expect(jwks.requests).toBe(3);
    expect(await answers(tokenOf(first))).toBe("allowed");
  });
});

describe("while the issuer is down", () => {
  test.each(["down", "error", "html", "empty", "redirect"] as const)(
    "(%s) known keys go on being used for a day",
    async (fault) => {
      expect(await answers(tokenOf(first))).toBe("allowed");
      jwks.fault = fault;
      clock.advance(60 * MINUTE);
      expect(await answers(tokenOf(first))).toBe("allowed");
      await refreshed();
      expect(await answers(tokenOf(first))).toBe("allowed");
      clock.advance(23 * 60 * MINUTE + 1);
      expect(await answers(tokenOf(first))).toBe("keys_unavailable");
      jwks.fault = "none";
      clock.advance(10_000);
      expect(await answers(tokenOf(first))).toBe("allowed");
    },
  );

  test("a service that never had keys says 503, asks again only after a rest, and recovers", async () => {
    jwks.fault = "down";
    expect(await ask(tokenOf(first))).toMatchObject({ status: 503, code: "keys_unavailable", retryAfter: 10 });
    expect(await answers(tokenOf(first))).toBe("keys_unavailable");
    expect(jwks.requests).toBe(1);
    expect(await authorizer.keys.load()).toBe(false);
    jwks.fault = "none";
    clock.advance(10_000);
    expect(await answers(tokenOf(first))).toBe("allowed");
  });

  test("an unknown key may be the new one: 503, not 401", async () => {
    expect(await answers(tokenOf(first))).toBe("allowed");
    jwks.fault = "error";
    expect(await answers(tokenOf(second))).toBe("keys_unavailable");
    expect(await answers(tokenOf(first))).toBe("allowed");
  });
});

describe("which keys of a set are used", () => {
  const { jwk } = first;
  const { d: _none, ...other } = { d: 0, ...second.jwk };
  test.each([
    ["no keys", { keys: [] }, undefined],
    ["not a set", [jwk], undefined],
    ["null", null, undefined],
    ["one for encryption", { keys: [{ ...jwk, use: "enc" }] }, undefined],
    ["one for another algorithm", { keys: [{ ...jwk, alg: "RS512" }] }, undefined],
    ["a symmetric one", { keys: [{ kty: "oct", k: "c2VjcmV0", kid: "key-1" }] }, undefined],
    ["an elliptic one", { keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b", kid: "key-1" }] }, undefined],
    ["one without an id", { keys: [{ ...jwk, kid: undefined }] }, undefined],
    ["one that is broken", { keys: [{ ...jwk, n: "" }] }, undefined],
    ["one of 1024 bits", { keys: [{ ...jwk, n: String(jwk.n).slice(0, 170) }] }, undefined],
    ["a good one among others", { keys: [null, "x", { ...jwk, use: "enc" }, other] }, ["key-2"]],
    ["one without use and alg", { keys: [{ ...jwk, use: undefined, alg: undefined }] }, ["key-1"]],
  ])("%s", (_name, set, kids) => {
    const keys = parseKeySet(set);
    expect(keys && [...keys.keys()]).toEqual(kids);
  });

  test("of two keys with one id the first is used", () => {
    const keys = parseKeySet({ keys: [jwk, { ...second.jwk, kid: "key-1" }] });
    expect(keys?.get("key-1")?.export({ format: "jwk" }).n).toBe(jwk.n);
  });
});
