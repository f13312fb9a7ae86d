import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type AuthorizerOptions, createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { createVerifiedTokens, type VerifiedToken } from "../../../gateways/authorizer/token/verified-tokens.ts";
import { checkProperty } from "../../support/check-property.ts";
import {
  AUDIENCE,
  createSigningKey,
  encode,
  goodClaims,
  ISSUER,
  NOW,
  type SigningKey,
  signToken,
  signWithSecret,
} from "../support/issuer.ts";

const first = createSigningKey("key-1");
const second = createSigningKey("key-2");
/** Another key under the first one's id. */
const successor = createSigningKey("key-1");

const routes = parseRoutes({
  routes: [
    { method: "GET", path: "/users", scope: "get:users" },
    { method: "GET", path: "/orders", scope: "get:orders" },
    { method: "GET", path: "/open", public: true },
  ],
});

/** The same decisions twice: by an authorizer that keeps what it has verified, and by one that keeps nothing. */
function createPair(options: Partial<AuthorizerOptions> = {}) {
  const world = { now: NOW * 1000, keys: [first, second] as readonly SigningKey[], isDown: false };
  const open = (keptTokens: number) =>
    createAuthorizer({
      issuer: ISSUER,
      audience: AUDIENCE,
      routes,
      clock: () => world.now,
      fetchKeySet: async () => {
        if (world.isDown) throw new Error("down");
        return { keys: world.keys.map(({ jwk }) => jwk) };
      },
      keptTokens,
      ...options,
    });
  const [keeping, forgetting] = [open(20_000), open(0)];
  const decide = async (token: string, target = "/users", headers = {}) => {
    const request = { method: "GET", target, headers: { ...headers, authorization: `Bearer ${token}` } };
    const [kept, fresh] = await Promise.all([keeping.authorize(request), forgetting.authorize(request)]);
    // A reading of keys in the background.
    await setImmediate();
    expect(kept).toEqual(fresh);
    return kept.kind === "refused" ? kept.code : kept.kind;
  };
  return { world, decide, keeping };
}

/** The same signature: four of the last character's six bits stand for nothing. */
function changeUnusedBits(token: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1) ?? "") ^ 1];
}

const withClaims = (changes: Record<string, unknown>, key = first) => signToken(key, { ...goodClaims, ...changes });
const good = signToken(first);
const [head = "", payload = "", signature = ""] = good.split(".");
const TOKENS: readonly string[] = [
  good,
  changeUnusedBits(good),
  signToken(second),
  signToken(successor),
  withClaims({ exp: NOW + 60 }),
  withClaims({ exp: NOW + 60, sub: "auth0|user-2" }, second),
  withClaims({ nbf: NOW + 60 }),
  withClaims({ iat: NOW + 60 }),
  withClaims({ aud: "https://other.example.com/" }),
  withClaims({ scope: "get:orders" }),
  withClaims({ cnf: { jkt: "thumbprint" } }),
  withClaims({ org_id: "org_1" }),
  `${encode({ alg: "none", typ: "JWT", kid: "key-1" })}.${payload}.${signature}`,
  `${head}.${encode({ ...goodClaims, scope: "get:users get:orders" })}.${signature}`,
  signWithSecret("secret", goodClaims, { kid: "key-1" }),
];

type Step =
  | { readonly kind: "ask"; readonly token: number; readonly target: string; readonly override: boolean }
  | { readonly kind: "clock"; readonly by: number }
  | { readonly kind: "keys"; readonly keys: readonly SigningKey[]; readonly isDown: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      token: fc.nat(TOKENS.length - 1),
      target: fc.constantFrom("/users", "/orders", "/open", "/users/", "/nowhere"),
      override: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("clock" as const),
      by: fc.oneof(fc.integer({ min: -200_000, max: 200_000 }), fc.constantFrom(-90_000_000, 700_000, 90_000_000)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("keys" as const),
      keys: fc.constantFrom([first, second], [second], [successor, second], [first], [successor]),
      isDown: fc.boolean(),
    }),
  },
);

test("every decision is the same with and without kept tokens, whatever happens to clock and keys in between", async () => {
  await checkProperty(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { world, decide } = createPair();
      for (const one of steps) {
        if (one.kind === "clock") world.now += one.by;
        else if (one.kind === "keys") Object.assign(world, { keys: one.keys, isDown: one.isDown });
        else await decide(TOKENS[one.token] ?? "", one.target, one.override ? { "x-http-method": "DELETE" } : {});
      }
    }),
    { runs: 100, seed: 1 },
  );
});

describe("a token that was seen before", () => {
  test("is refused once its key is gone, without a further look at it", async () => {
    const { world, decide, keeping } = createPair();
    expect(await decide(good)).toBe("allowed");
    world.keys = [second];
    world.now += 11 * 60_000;
    await decide(good);
    expect(keeping.keys.stats.keys).toBe(1);
    expect(await decide(good)).toBe("key_unknown");
  });

  test("is refused once another key has its key's id, and the other key's token is allowed", async () => {
    const { world, decide } = createPair();
    expect(await decide(good)).toBe("allowed");
    world.keys = [successor];
    world.now += 11 * 60_000;
    await decide(good);
    expect(await decide(good)).toBe("signature_invalid");
    expect(await decide(signToken(successor))).toBe("allowed");
  });

  test("is refused from the moment it expires, and allowed again where the clock is set back, as if it were new", async () => {
    const { world, decide } = createPair();
    const token = withClaims({ exp: NOW + 60 });
    expect(await decide(token)).toBe("allowed");
    world.now += 65_000 - 1;
    expect(await decide(token)).toBe("allowed");
    world.now += 1;
    expect(await decide(token)).toBe("expired");
    world.now -= 60_000;
    expect(await decide(token)).toBe("allowed");
    world.now -= 3_600_000;
    expect(await decide(token)).toBe("not_yet_valid");
  });

  test.each([
    ["another route, whose scope it lacks", "/orders", {}, "scope_missing"],
    ["a route that is not listed", "/nowhere", {}, "route_unknown"],
    ["a path with two readings", "/users/..%2forders", {}, "path_ambiguous"],
    ["another method in a header", "/users", { "x-http-method-override": "DELETE" }, "method_overridden"],
  ])("is judged anew for %s", async (_name, target, headers, code) => {
    const { decide } = createPair();
    expect(await decide(good)).toBe("allowed");
    expect(await decide(good, target, headers)).toBe(code);
    expect(await decide(good)).toBe("allowed");
  });

  test.each([
    ["without a signature", `${head}.${payload}.`, "token_malformed"],
    ["with alg none over its claims", `${encode({ alg: "none" })}.${payload}.${signature}`, "algorithm_not_allowed"],
    [
      "with its signature under other claims",
      `${head}.${encode({ ...goodClaims, sub: "auth0|admin" })}.${signature}`,
      "signature_invalid",
    ],
    ["with something after it", `${good}A`, "signature_invalid"],
    ["with a blank after it", `${good} `, "malformed_authorization"],
  ])("opens nothing %s", async (_name, token, code) => {
    const { decide } = createPair();
    expect(await decide(good)).toBe("allowed");
    expect(await decide(token)).toBe(code);
  });

  test("says the same to everybody: what one request was handed cannot be changed for the next", async () => {
    const { keeping } = createPair();
    const ask = () =>
      keeping.authorize({ method: "GET", target: "/users", headers: { authorization: `Bearer ${good}` } });
    const decision = await ask();
    if (decision.kind !== "allowed") throw new Error("It should be allowed.");
    const claims = decision.claims as Record<string, unknown>;
    const scopes = decision.scopes as string[];
    expect(() => scopes.push("get:orders")).toThrow(TypeError);
    expect(() => Object.assign(claims, { sub: "auth0|admin" })).toThrow(TypeError);
    expect(() => (claims.aud as string[]).push("x")).toThrow(TypeError);
    expect(await ask()).toEqual(decision);
  });
});

describe("how many are kept", () => {
  const keptAs = (text: string): VerifiedToken => ({
    text,
    kid: first.kid,
    key: first.publicKey,
    claims: goodClaims,
    scopes: [],
  });
  const textOf = (index: number) => `${index}.`.padStart(100, "x");

  test("tokens that come once do not take the place of one that comes again", () => {
    const tokens = createVerifiedTokens(100 * 100);
    tokens.keep(keptAs(textOf(0)));
    for (let index = 1; index < 5_000; index++) {
      tokens.keep(keptAs(textOf(index)));
      if (index % 40 === 0) expect(tokens.find(textOf(0))).toBeDefined();
    }
  });

  test.each([
    ["a hundred of a hundred characters", 10_000],
    ["twenty-five", 2_500],
    ["none", 0],
  ])("%s, and no more", (_name, capacity) => {
    const tokens = createVerifiedTokens(capacity);
    for (let index = 0; index < 1_000; index++) tokens.keep(keptAs(textOf(index)));
    const kept = Array.from({ length: 1_000 }, (_, index) => textOf(index)).filter((text) => {
      const { length } = text;
      return length === 100 && tokens.find(text) !== undefined;
    });
    expect(kept.length).toBeLessThanOrEqual(capacity / 100);
    expect(kept.length).toBeGreaterThanOrEqual(Math.floor(capacity / 200));
  });

  test("one that is larger than half of the room is not kept", () => {
    const tokens = createVerifiedTokens(150);
    tokens.keep(keptAs(textOf(1)));
    expect(tokens.find(textOf(1))).toBeUndefined();
  });

  test("one that ends like another is not taken for it", () => {
    const tokens = createVerifiedTokens(10_000);
    tokens.keep(keptAs(textOf(1)));
    expect(tokens.find(`y${textOf(1).slice(1)}`)).toBeUndefined();
    expect(tokens.find(textOf(1))?.text).toBe(textOf(1));
  });
});
