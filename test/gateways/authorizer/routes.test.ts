import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { ambiguousPaths } from "../support/ambiguous-paths.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

const key = createSigningKey("key-1");
const routes = parseRoutes({
  routes: [
    { method: "GET", path: "/health", public: true, backend: "http://127.0.0.1:3001" },
    { method: "GET", path: "/users" },
    { method: "GET", path: "/users/{id}" },
    { method: "GET", path: "/users/{id}/secrets", scope: "read:secrets" },
    { method: "GET", path: "/users/me", scope: [] },
    { method: "POST", path: "/transfers", scope: ["post:transfers", "approve:transfers"] },
    { method: "GET", path: "/files/*", scope: "read:files" },
    { method: "GET", path: "/files/private/*", scope: "read:private" },
    { method: "ANY", path: "/anything/*", scope: "do:anything" },
  ],
});
const authorizerWith = (options = {}) =>
  createAuthorizer({
    issuer: ISSUER,
    audience: AUDIENCE,
    fetchKeySet: async () => ({ keys: [key.jwk] }),
    clock: () => NOW * 1000,
    routes,
    ...options,
  });
const ask = (method: string, target: string, scope: string, options = {}) =>
  authorizerWith(options).authorize({
    method,
    target,
    headers: { authorization: `Bearer ${signToken(key, { ...goodClaims, scope })}` },
  });

describe("a listed route says which scopes it needs", () => {
  test.each([
    ["GET", "/users", ["get:users"]],
    ["GET", "/users/12", ["get:users"]],
    ["HEAD", "/users/12", ["get:users"]],
    ["GET", "/users/12/", ["get:users"]],
    ["GET", "/users/12/secrets", ["read:secrets"]],
    ["GET", "/users/12/SECRETS", ["read:secrets"]],
    ["GET", "/users/12/secrets/", ["read:secrets"]],
    ["GET", "/users/12/%73ecrets?x", ["read:secrets"]],
    ["GET", "/users/me/secrets", ["read:secrets"]],
    ["GET", "/users/me", []],
    ["POST", "/transfers", ["post:transfers", "approve:transfers"]],
    ["GET", "/files/a/b/c", ["read:files"]],
    ["GET", "/files/private/a", ["read:private"]],
    ["GET", "/files/private", ["read:files"]],
    ["PATCH", "/anything/at/all", ["do:anything"]],
  ])("%s %s needs %j", async (method, target, scopes) => {
    expect(authorizerWith().neededScopes(method, target)).toEqual(scopes);
    expect((await ask(method, target, scopes.join(" "))).kind).toBe("allowed");
    if (scopes.length > 0)
      expect(await ask(method, target, scopes.slice(1).join(" "))).toMatchObject({
        status: 403,
        code: "scope_missing",
      });
  });

  test.each([
    ["a listed word in capitals, where another word would have another scope", "/users/ME"],
    ["a listed word with an encoded letter", "/users/m%65"],
    ["a listed word with a letter that folds to another", "/users/%EF%BD%8De"],
    ["a rest's word in capitals", "/files/Private/a"],
    ["a slash at the end, where a rest begins", "/files/private/"],
    ["a slash at the end, where only some servers begin a rest", "/files/"],
  ])("%s is refused: servers read it in two ways", async (_name, target) => {
    const scopes = "get:users read:files read:private";
    expect(await ask("GET", target, scopes)).toMatchObject({ status: 403, code: "path_ambiguous" });
  });

  test.each([
    ["a capital sharp s", "/docs/pa%E1%BA%9E"],
    ["a soft hyphen, which is not shown", "/docs/pa%C2%ADss"],
    ["a joiner of no width", "/docs/pass%E2%80%8D"],
    ["a sign of order, behind a full-width letter", "/docs/%EF%BD%90ass%E2%80%AE"],
  ])("%s folds to a listed word, as Unicode folds words to compare them", async (_name, target) => {
    const words = parseRoutes({
      routes: [
        { method: "GET", path: "/docs/{name}", scope: "read:docs" },
        { method: "GET", path: "/docs/pass", scope: "read:private" },
      ],
    });
    expect(await ask("GET", target, "read:docs", { routes: words })).toMatchObject({
      status: 403,
      code: "path_ambiguous",
    });
  });

  test("a word that is listed in capitals may be another word to a server", async () => {
    const capitals = parseRoutes({
      routes: [
        { method: "GET", path: "/users/{id}" },
        { method: "GET", path: "/users/Me", scope: [] },
      ],
    });
    expect(await ask("GET", "/users/me", "get:users", { routes: capitals })).toMatchObject({ code: "path_ambiguous" });
    expect((await ask("GET", "/users/Me", "", { routes: capitals })).kind).toBe("allowed");
    expect((await ask("GET", "/users/12", "get:users", { routes: capitals })).kind).toBe("allowed");
  });

  test("a path that servers read in two ways is good where both ask for the same", async () => {
    const same = parseRoutes({
      routes: [
        { method: "GET", path: "/users" },
        { method: "GET", path: "/users/{id}" },
        { method: "GET", path: "/users/me", scope: "get:users" },
      ],
    });
    for (const target of ["/users/", "/users/ME", "/users/m%65"])
      expect((await ask("GET", target, "get:users", { routes: same })).kind).toBe("allowed");
  });

  test.each([
    // Express takes the first that is listed, whatever the case, and does not decode.
    ["express", "/users/ME", "get:users"],
    ["express", "/files/private/a", "read:files"],
    ["fastify", "/users/ME", "get:users"],
    ["fastify", "/users/m%65", "none"],
    ["fastify", "/files/private/", "read:private"],
  ] as const)("as %s reads it, %s needs %s", async (router, target, needed) => {
    const decision = await ask("GET", target, "", { router });
    if (needed === "none") expect(decision.kind).toBe("allowed");
    else expect(decision).toMatchObject({ code: "scope_missing", body: expect.stringContaining(needed) });
  });

  test.each([
    ["a path that is not listed", "GET", "/orders"],
    ["a path below a listed one", "GET", "/users/12/secrets/1"],
    ["a method that is not listed", "DELETE", "/users/12"],
    ["the place of a rest, without one", "GET", "/files"],
    ["the root", "GET", "/"],
  ])("%s is refused, whatever the token carries", async (_name, method, target) => {
    const scopes = "get:orders get:users delete:users read:files get:files read:secrets";
    expect(await ask(method, target, scopes)).toMatchObject({ status: 403, code: "route_unknown" });
  });

  test("what is not listed goes by the convention where that is chosen", async () => {
    expect((await ask("GET", "/orders/1", "get:orders", { unlisted: "convention" })).kind).toBe("allowed");
    expect(await ask("GET", "/orders/1", "get:users", { unlisted: "convention" })).toMatchObject({
      code: "scope_missing",
    });
  });

  test("a public route asks for no token, and only that route", async () => {
    const authorizer = authorizerWith();
    const send = (method: string, target: string, headers = {}) => authorizer.authorize({ method, target, headers });
    expect(await send("GET", "/health")).toEqual({ kind: "public" });
    expect(await send("POST", "/health")).toMatchObject({ status: 401 });
    expect(await send("GET", "/health/x")).toMatchObject({ status: 401 });
    expect(await send("GET", "/health/../users")).toMatchObject({ status: 401 });
    expect(await send("GET", "/health", { "x-http-method-override": "DELETE" })).toMatchObject({ status: 401 });
  });
});

describe("every path that servers read in more than one way", () => {
  const file = readFileSync(join(import.meta.dirname, "../../gateways-real/path-routes.yaml"), "utf8");
  const authorizer = authorizerWith({ routes: parseRoutes(parse(file)) });
  const headers = { authorization: `Bearer ${signToken(key, { ...goodClaims, scope: "get:users get:orders" })}` };

  test.each(ambiguousPaths)("%s is refused", async (target) => {
    expect(await authorizer.authorize({ method: "GET", target, headers })).toMatchObject({ code: "path_ambiguous" });
  });
});

test("routes are read as they are written, their methods and words in lower case as well", () => {
  const list = [
    { method: "GET", path: "/Users/{id}" },
    { method: "any", path: "/files/*", scope: "read:files", metered: false },
    { method: "POST", path: "/", public: true, metered: true },
  ];
  expect(parseRoutes({ routes: list })).toEqual([
    {
      method: "get",
      path: "/Users/{id}",
      segments: [{ kind: "literal", text: "users", written: "Users" }, { kind: "parameter" }],
      access: { kind: "convention" },
      metered: undefined,
    },
    {
      method: "any",
      path: "/files/*",
      segments: [{ kind: "literal", text: "files", written: "files" }, { kind: "rest" }],
      access: { kind: "scopes", scopes: ["read:files"] },
      metered: false,
    },
    { method: "post", path: "/", segments: [], access: { kind: "public" }, metered: true },
  ]);
});

describe("routes that cannot be used are all named", () => {
  test.each([
    ["no list", {}, /routes: expected a list/],
    ["a text", { routes: ["/users"] }, /routes\[0\]: expected a mapping/],
    ["no method", { routes: [{ path: "/x" }] }, /routes\[0\]\.method/],
    ["no slash", { routes: [{ method: "GET", path: "users" }] }, /routes\[0\]\.path/],
    ["a dot segment", { routes: [{ method: "GET", path: "/a/../b" }] }, /path/],
    ["an empty segment", { routes: [{ method: "GET", path: "/a//b" }] }, /path/],
    ["a star in the middle", { routes: [{ method: "GET", path: "/a/*/b" }] }, /path/],
    ["a star in a segment", { routes: [{ method: "GET", path: "/a*" }] }, /path/],
    ["a parameter in a segment", { routes: [{ method: "GET", path: "/a{id}" }] }, /path/],
    ["a scope with a space", { routes: [{ method: "GET", path: "/a", scope: "a b" }] }, /scope/],
    ["a scope with a quote", { routes: [{ method: "GET", path: "/a", scope: 'a"b' }] }, /scope/],
    ["a public route with a scope", { routes: [{ method: "GET", path: "/a", public: true, scope: "a" }] }, /public/],
    ["public as a text", { routes: [{ method: "GET", path: "/a", public: "no" }] }, /public/],
    ["metered as a text", { routes: [{ method: "GET", path: "/a", metered: "no" }] }, /metered/],
    [
      "one route twice, under other names",
      {
        routes: [
          { method: "GET", path: "/a/{id}" },
          { method: "get", path: "/A/{name}" },
        ],
      },
      /listed twice/,
    ],
    [
      "HEAD beside GET",
      {
        routes: [
          { method: "GET", path: "/a" },
          { method: "HEAD", path: "/a" },
        ],
      },
      /list GET, which covers HEAD/,
    ],
  ])("%s", (_name, value, message) => {
    expect(() => parseRoutes(value)).toThrow(message);
  });

  test("all at once", () => {
    expect(() => parseRoutes({ routes: [{ path: "x" }, { method: "GET", path: "y" }] })).toThrow(
      /routes\[0\]\.method[\s\S]*routes\[1\]\.path/,
    );
  });
});
