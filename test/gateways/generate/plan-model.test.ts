import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { planModel } from "../../../scripts/gateways/plan-model.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

const API = "https://api.example.com/";
const tenantFile = (api: Record<string, unknown> = {}) =>
  JSON.stringify({
    resourceServers: [
      {
        name: "API",
        identifier: API,
        token_dialect: "access_token_authz",
        scopes: ["get:users", "post:orders", "get:reports"].map((value) => ({ value })),
        ...api,
      },
    ],
    clients: [
      { name: "SPA", app_type: "spa", web_origins: ["http://localhost:3000", "##SPA_URL##"] },
      { name: "Worker", app_type: "non_interactive", web_origins: ["http://not-a-page.example"] },
    ],
  });

const SEVERAL_APIS = JSON.stringify({
  resourceServers: [API, "https://two.example.com/"].map((identifier) => ({
    name: identifier,
    identifier,
    scopes: [{ value: "get:users" }],
  })),
});

interface Input {
  readonly routes?: string;
  readonly paid?: object;
  readonly environment?: Record<string, string>;
  readonly tenant?: string;
}

const plan = ({ routes = "", paid = { scopes: [] }, environment = {}, tenant = tenantFile() }: Input) => {
  const routesFile: unknown = parse(
    routes || "routes: [{ method: GET, path: /users, backend: 'http://127.0.0.1:3001' }]",
  );
  return planModel({
    tenant: parseTenant(tenant, "tenant.yaml").document,
    routes: parseRoutes(routesFile),
    routesFile,
    billing: parseBillingRules(paid),
    environment: { AUTH0_DOMAIN: "tenant.example.com", ...environment },
  });
};

describe("what does not fit together is refused", () => {
  test.each<[string, Input, RegExp]>([
    [
      "a scope that the API does not define",
      { routes: "routes: [{ method: GET, path: /users, scope: read:users, backend: 'http://127.0.0.1:1' }]" },
      /GET \/users: the API does not define the scope read:users; it has get:users, post:orders, get:reports/,
    ],
    [
      "a scope by convention that the API does not define",
      { routes: "routes: [{ method: DELETE, path: '/users/{id}', backend: 'http://127.0.0.1:1' }]" },
      /DELETE \/users\/\{id\}: the API does not define the scope delete:users/,
    ],
    ["no backend", { routes: "routes: [{ method: GET, path: /users }]" }, /GET \/users: has no backend/],
    [
      "a backend that is not listed",
      { routes: "routes: [{ method: GET, path: /users, backend: api }]" },
      /there is no backend "api" under "backends"/,
    ],
    [
      "a backend with a password in its address",
      { routes: "routes: [{ method: GET, path: /users, backend: 'http://me:secret@127.0.0.1' }]" },
      /and it is not an address/,
    ],
    [
      "a backend whose path could end a line of another program's file",
      { routes: "backends: { api: 'http://127.0.0.1/a;b' }\nroutes: [{ method: GET, path: /users, backend: api }]" },
      /backends\.api\.url: expected http/,
    ],
    [
      "a backend with a misspelt member",
      { routes: "backends: { api: { url: 'http://127.0.0.1', audiance: x } }\nroutes: []" },
      /backends\.api\.audiance: is not known here/,
    ],
    [
      "a backend's scope without an audience",
      { routes: "backends: { api: { url: 'http://127.0.0.1', scope: x } }\nroutes: []" },
      /backends\.api\.scope: means nothing without an audience/,
    ],
    [
      "any method with a scope by convention",
      { routes: "routes: [{ method: ANY, path: /users, backend: 'http://127.0.0.1:1' }]" },
      /ANY \/users: say which scope it needs/,
    ],
    [
      "a scope by convention where the path begins with a parameter",
      { routes: "routes: [{ method: GET, path: '/{tenant}/users', backend: 'http://127.0.0.1:1' }]" },
      /no scope can be named after its path/,
    ],
    [
      "a price for a scope that the API does not define",
      { paid: { scopes: [{ scope: "get:gold" }] } },
      /stripe\.json: the API does not define the scope get:gold/,
    ],
    [
      "a price for a scope that no route needs",
      { paid: { scopes: [{ scope: "get:reports" }] } },
      /stripe\.json: get:reports costs money, and no route needs it/,
    ],
    ["no domain", { environment: { AUTH0_DOMAIN: "" } }, /AUTH0_DOMAIN: is not set/],
    ["a domain with a scheme", { environment: { AUTH0_DOMAIN: "https://x.auth0.com" } }, /the issuer must be https/],
    [
      "an issuer without its slash",
      { environment: { AUTH0_ISSUER: "https://login.example.com" } },
      /AUTH0_ISSUER: the issuer must be https:\/\/<domain>\/, with its slash/,
    ],
    ["an API without its slash", { tenant: tenantFile({ identifier: "https://api" }) }, /must end in a slash/],
    ["an API that signs with a secret", { tenant: tenantFile({ signing_alg: "HS256" }) }, /must sign with RS256/],
    [
      "an API whose identifier is not known here",
      { tenant: tenantFile({ identifier: "##API_IDENTIFIER##" }) },
      /needs a value for API_IDENTIFIER/,
    ],
    ["no API", { tenant: "{}" }, /expected an API \(resourceServers\), found none/],
    [
      "several APIs of which none is named",
      { tenant: SEVERAL_APIS },
      /has several APIs: set API_IDENTIFIER to one of https:\/\/api\.example\.com\/, https:\/\/two\.example\.com\//,
    ],
    [
      "several APIs of which another is named",
      { tenant: SEVERAL_APIS, environment: { API_IDENTIFIER: "https://three.example.com/" } },
      /has several APIs/,
    ],
    [
      "permissions under a dialect that leaves them out",
      { tenant: tenantFile({ token_dialect: "access_token" }), environment: { GATEWAY_SCOPE_CLAIM: "permissions" } },
      /GATEWAY_SCOPE_CLAIM: permissions are in the token only under a dialect that ends in _authz/,
    ],
    [
      "a claim with dots",
      { environment: { GATEWAY_SCOPE_CLAIM: "https://x/scopes" } },
      /expected scope or permissions/,
    ],
    ["a rate limit of nothing", { environment: { GATEWAY_RATE_LIMIT: "-1" } }, /GATEWAY_RATE_LIMIT: expected a whole/],
    [
      "an authorizer on the web",
      { environment: { AUTHORIZER_URL: "https://a.example/x" } },
      /AUTHORIZER_URL: expected/,
    ],
  ])("%s", (_name, input, message) => {
    expect(() => plan(input)).toThrow(message);
  });

  test("all at once, not one by one", () => {
    const routes = "routes: [{ method: GET, path: /users }, { method: PUT, path: /x, backend: 'http://127.0.0.1' }]";
    expect(() => plan({ routes, environment: { GATEWAY_PORT: "0" } })).toThrow(/GATEWAY_PORT.*GET \/users.*put:x/s);
  });
});

describe("the model", () => {
  test("has the issuer with its slash, or the custom domain's", () => {
    expect(plan({}).issuer).toBe("https://tenant.example.com/");
    expect(plan({ environment: { AUTH0_ISSUER: "https://login.example.com/" } })).toMatchObject({
      issuer: "https://login.example.com/",
      jwksUrl: "https://login.example.com/.well-known/jwks.json",
    });
  });

  test("is of the API that is named, where there are several", () => {
    const input = { tenant: SEVERAL_APIS, environment: { API_IDENTIFIER: "https://two.example.com/" } };
    expect(plan(input).audience).toBe("https://two.example.com/");
  });

  test("takes origins from single-page applications only, and no marker that is not filled", () => {
    expect(plan({}).origins).toEqual(["http://localhost:3000"]);
  });

  test("names a method for ANY, and leaves those to the routes that name them", () => {
    const { routes } = plan({
      routes: `routes:
        - { method: ANY, path: "/users/{id}", scope: get:users, backend: "http://127.0.0.1:1" }
        - { method: GET, path: "/users/{name}", scope: [], backend: "http://127.0.0.1:2" }`,
    });
    expect(routes.map(({ method, scopes, backend }) => [method, scopes, backend.url])).toEqual([
      ["POST", ["get:users"], "http://127.0.0.1:1"],
      ["PUT", ["get:users"], "http://127.0.0.1:1"],
      ["PATCH", ["get:users"], "http://127.0.0.1:1"],
      ["DELETE", ["get:users"], "http://127.0.0.1:1"],
      ["GET", [], "http://127.0.0.1:2"],
    ]);
  });

  test("knows which routes cost money", () => {
    const { routes } = plan({
      routes: `routes:
        - { method: GET, path: /users, backend: "http://127.0.0.1:1" }
        - { method: POST, path: /orders, backend: "http://127.0.0.1:1" }`,
      paid: { scopes: [{ method: "post", baseURL: "orders" }] },
    });
    expect(routes.map(({ paid }) => paid)).toEqual([[], ["post:orders"]]);
  });
});
