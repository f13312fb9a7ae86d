import { describe, expect, test } from "@jest/globals";
import { createAuthorizer } from "../../../gateways/authorizer/authorizer.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { AUDIENCE, createSigningKey, goodClaims, ISSUER, NOW, signToken } from "../support/issuer.ts";

const key = createSigningKey("key-1");
const authorizer = createAuthorizer({
  issuer: ISSUER,
  audience: AUDIENCE,
  fetchKeySet: async () => ({ keys: [key.jwk] }),
  clock: () => NOW * 1000,
});
const ask = (method: string, target: string, scope: string, headers = {}) =>
  authorizer.authorize({
    method,
    target,
    headers: { authorization: `Bearer ${signToken(key, { ...goodClaims, scope })}`, ...headers },
  });

describe("the scope of a request is <method>:<first segment>", () => {
  test.each([
    ["GET", "/users", "get:users"],
    ["GET", "/users/", "get:users"],
    ["GET", "/users/12/orders", "get:users"],
    ["get", "/users", "get:users"],
    ["HEAD", "/users/1", "get:users"],
    ["DELETE", "/users/1", "delete:users"],
    ["GET", "/users?x=1", "get:users"],
    ["GET", "/users?next=/orders/../x", "get:users"],
    ["GET", "/users/?x", "get:users"],
    ["GET", "/USERS", "get:users"],
    ["GET", "/Users/Anna", "get:users"],
    ["GET", "/%75sers", "get:users"],
    ["GET", "/user-profiles", "get:user-profiles"],
    ["GET", "/user_profiles2", "get:user_profiles2"],
    ["GET", "/v1.2/users", "get:v1.2"],
    ["GET", "/users/caf%C3%A9", "get:users"],
    ["GET", "/users/a%20b", "get:users"],
    ["GET", "/users/100%25", "get:users"],
    ["GET", "/users/...", "get:users"],
    ["GET", "/users/me@example", "get:users"],
    // As a browser sends it: the URL standard does not encode these two in paths.
    ["GET", "/users/auth0|123", "get:users"],
    ["GET", "/users/auth0%7C123", "get:users"],
    ["GET", "/users/a^b", "get:users"],
  ])("%s %s needs %s", async (method, target, scope) => {
    expect(authorizer.neededScopes(method, target)).toEqual([scope]);
    expect((await ask(method, target, scope)).kind).toBe("allowed");
    expect(await ask(method, target, `${scope}x x${scope} ${scope.slice(0, -1)}`)).toMatchObject({
      code: "scope_missing",
    });
  });
});

describe("a path that two servers could read differently is refused", () => {
  test.each([
    "/users/../admin",
    "/users/..",
    "/users/.",
    "/./users",
    "/users/%2e%2e/admin",
    "/users/%2E./admin",
    "/users/.%2e/admin",
    "//users",
    "/users//12",
    "/users//",
    "/users%2f12",
    "/users%2F..%2Fadmin",
    "/users/12%2fsecrets",
    "/users\\..\\admin",
    "/users/%5c..",
    "/users;x=1/12",
    "/users/12;jsessionid=1",
    "/users/..;/admin",
    "/users/12%3Bx=1",
    "/users/12%3fx=1",
    "/users/12%23x",
    "/users%00",
    "/users/%0d%0aX-User-Sub:x",
    "/users/%",
    "/users/%zz",
    "/users/%ff",
    "/users/%c0%ae%c0%ae/admin",
    "/users/%252e%252e/admin",
    "/users/%252fadmin",
    "/users#/admin",
    "/users/ 12",
    "/users\t",
    "/users/\u00e9",
    "/users, /orders",
    "users",
    "",
    "?x=1",
    "*",
    "http://api.example.com/users",
    "http:/users",
  ])("%j", async (target) => {
    const scopes = "get:users get:admin get:orders get:..";
    expect(await ask("GET", target, scopes)).toMatchObject({ kind: "refused", status: 403, code: "path_ambiguous" });
  });

  test.each([
    ["the root", "GET", "/"],
    ["a first segment that no scope can be named after", "GET", "/a%20b/c"],
    ["a quote in the first segment", "GET", "/us%22ers"],
    ["a letter that only looks like another", "GET", "/%E2%84%AAeys"],
    ["a method with a colon", "GET:X", "/users"],
  ])("%s has no scope", async (_name, method, target) => {
    expect(await ask(method, target, "get:users get: get:keys get:/")).toMatchObject({ code: "route_unknown" });
  });

  test("without a token the answer is 401, whatever the path", async () => {
    for (const target of ["/users/../x", "/", "//"])
      expect(await authorizer.authorize({ method: "GET", target, headers: {} })).toMatchObject({ status: 401 });
  });
});

describe("a header that overrides the method", () => {
  test.each([
    "x-http-method-override",
    "x-http-method",
    "x-method-override",
    // Backends behind CGI or WSGI read an underscore as a hyphen.
    "x_http_method_override",
    "x-http_method-override",
    "x_http_method",
    "x_method-override",
  ])("%s is refused", async (name) => {
    expect(await ask("POST", "/users", "post:users", { [name]: "DELETE" })).toMatchObject({
      status: 403,
      code: "method_overridden",
    });
    expect(await ask("POST", "/users", "post:users", { [name]: ["POST", "DELETE"] })).toMatchObject({
      code: "method_overridden",
    });
    expect((await ask("POST", "/users", "post:users", { [name]: "post" })).kind).toBe("allowed");
  });
});

describe("a query that overrides the method", () => {
  test.each([
    "_method=DELETE",
    "x=1&_method=delete",
    "%5Fmethod=DELETE",
    "_m%65thod=DELETE",
    "_METHOD=PUT",
    // PHP makes an underscore of these.
    ".method=DELETE",
    "%20method=DELETE",
    "[method=DELETE",
    "_method=POST&_method=DELETE",
  ])("%s is refused, as Symfony, Laravel and method-override honour it", async (query) => {
    expect(await ask("POST", `/users?${query}`, "post:users")).toMatchObject({ code: "method_overridden" });
  });

  test.each(["_method=POST", "method=DELETE", "my_method=DELETE", "x=_method", "x=1", "", "%"])(
    "%s is not one",
    async (query) => {
      expect((await ask("POST", `/users?${query}`, "post:users")).kind).toBe("allowed");
    },
  );
});

describe("a CORS preflight", () => {
  const preflight = { origin: "https://spa.example", "access-control-request-method": "DELETE" };
  const send = (method: string, headers: Record<string, string>, target = "/users", options = {}) =>
    createAuthorizer({
      issuer: ISSUER,
      audience: AUDIENCE,
      fetchKeySet: async () => ({ keys: [key.jwk] }),
      ...options,
    }).authorize({
      method,
      target,
      headers,
    });

  test("passes without a token", async () => {
    expect(await send("OPTIONS", preflight)).toEqual({ kind: "public" });
  });

  test.each([
    ["OPTIONS without an origin", "OPTIONS", { "access-control-request-method": "GET" }, "/users"],
    ["OPTIONS without the method asked for", "OPTIONS", { origin: "https://spa.example" }, "/users"],
    ["another method with its headers", "DELETE", preflight, "/users"],
    ["one that overrides the method", "OPTIONS", { ...preflight, "x-http-method-override": "DELETE" }, "/users"],
    ["one with an ambiguous path", "OPTIONS", preflight, "/users/../admin"],
  ])("%s is not a preflight", async (_name, method, headers, target) => {
    expect(await send(method, headers, target)).toMatchObject({ status: 401, code: "no_token" });
  });

  test.each([
    [{ scope: "options:users" }, { status: 401, code: "no_token" }],
    [{ scope: [] }, { status: 401, code: "no_token" }],
    [{}, { status: 401, code: "no_token" }],
    [{ public: true }, { kind: "public" }],
  ])("asks for what a route says that is listed for OPTIONS itself: %j", async (access, expected) => {
    const routes = parseRoutes({ routes: [{ method: "OPTIONS", path: "/users", ...access }] });
    expect(await send("OPTIONS", preflight, "/users", { routes })).toMatchObject(expected);
    // What is listed for every method, or for none, is the page's to ask about.
    const others = parseRoutes({ routes: [{ method: "ANY", path: "/users", scope: "get:users" }] });
    for (const path of ["/users", "/orders"])
      expect(await send("OPTIONS", preflight, path, { routes: others })).toEqual({ kind: "public" });
  });

  test("is refused where that is chosen", async () => {
    expect(await send("OPTIONS", preflight, "/users", { preflight: "refuse" })).toMatchObject({ status: 401 });
  });
});
