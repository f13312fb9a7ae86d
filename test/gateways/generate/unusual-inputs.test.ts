import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseBillingRules } from "../../../gateways/authorizer/billing/rules.ts";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { renderAws } from "../../../gateways/aws/render-aws.ts";
import { renderCaddy } from "../../../gateways/caddy/render-caddy.ts";
import { renderBuiltInExpressGateway } from "../../../gateways/express-gateway/render-express-gateway.ts";
import { renderKrakend } from "../../../gateways/krakend/render-krakend.ts";
import type { GatewayFolder, GatewayModel } from "../../../gateways/model/gateway-model.ts";
import { renderNginx } from "../../../gateways/nginx/render-nginx.ts";
import { planModel } from "../../../scripts/gateways/plan-model.ts";
import { parseTenant } from "../../../scripts/tenant/read-tenant.ts";

const BACKEND = "http://127.0.0.1:3001";
type Entry = string | Readonly<Record<string, string>>;

function plan(entries: readonly Entry[], { origins = [], backends = {} }: Others = {}): GatewayModel {
  const routes = entries.map((entry) => ({
    method: "GET",
    scope: "get:users",
    backend: BACKEND,
    ...(typeof entry === "string" ? { path: entry } : entry),
  }));
  const routesFile = { backends, routes };
  const api = { name: "API", identifier: "https://api.example.com/", scopes: [{ value: "get:users" }] };
  const tenant = { resourceServers: [api], clients: [{ name: "SPA", app_type: "spa", web_origins: origins }] };
  return planModel({
    tenant: parseTenant(JSON.stringify(tenant), "tenant.yaml").document,
    routes: parseRoutes(routesFile),
    routesFile,
    billing: parseBillingRules({ scopes: [] }),
    environment: { AUTH0_DOMAIN: "tenant.example.com" },
  });
}

interface Others {
  readonly origins?: readonly string[];
  readonly backends?: Readonly<Record<string, string>>;
}

const textOf = ({ files }: GatewayFolder, path: string): string => files.find((one) => one.path === path)?.text ?? "";
const warningsOf = ({ warnings }: GatewayFolder): string => warnings.join("\n");

interface ExpressGatewayFile {
  readonly apiEndpoints: Readonly<Record<string, { readonly paths: readonly string[] }>>;
  readonly serviceEndpoints: Readonly<Record<string, { readonly url: string }>>;
  readonly pipelines: Readonly<Record<string, { readonly policies: readonly object[] }>>;
}
const expressGatewayOf = (model: GatewayModel) =>
  parse(textOf(renderBuiltInExpressGateway(model), "config/gateway.config.yml")) as ExpressGatewayFile;

describe("routes.yaml", () => {
  test.each(["/users/:id", "/users/[id]", "/:tenant/users"])("%s is not a way to write a value", (path) => {
    expect(() => plan([path])).toThrow(/expected segments such as \/users\/\{id\} \(not :id or \[id\]\)/);
  });

  test("names of values may have hyphens", () => {
    expect(plan(["/users/{user-id}"]).routes[0]?.segments).toEqual([expect.anything(), { kind: "parameter" }]);
  });

  test.each(["HEAD", "head"])("%s is not listed, because GET covers it", (method) => {
    expect(() => plan([{ path: "/users", method }])).toThrow(/list GET, which covers HEAD/);
  });
});

describe("backends at one host", () => {
  const model = plan(
    [
      { path: "/one", backend: `${BACKEND}/one` },
      { path: "/two", backend: `${BACKEND}/two` },
      { path: "/three", backend: "https://127.0.0.1:3001" },
      { path: "/four", backend: "listed" },
      { path: "/again", backend: `${BACKEND}/one` },
    ],
    { backends: { listed: "http://localhost:3002", "backend-1": "http://localhost:3003" } },
  );

  test("each have a name of their own", () => {
    expect(model.routes.map(({ backend }) => backend.name)).toEqual([
      "backend-2",
      "backend-3",
      "backend-4",
      "listed",
      "backend-2",
    ]);
  });

  test("are each asked by Express Gateway", () => {
    const { serviceEndpoints } = expressGatewayOf(model);
    expect(Object.values(serviceEndpoints).map(({ url }) => url)).toEqual([
      `${BACKEND}/one`,
      `${BACKEND}/two`,
      "https://127.0.0.1:3001",
      "http://localhost:3002",
    ]);
  });

  test("are each an upstream of NGINX", () => {
    const upstreams = [...textOf(renderNginx(model), "gateway.conf").matchAll(/^upstream (backend_\w+) \{/gm)];
    expect(upstreams.map(([, name]) => name)).toEqual([
      "backend_backend_2",
      "backend_backend_3",
      "backend_backend_4",
      "backend_listed",
    ]);
  });
});

test("Express Gateway has a pipeline for each route, however alike they are written", () => {
  const { apiEndpoints, pipelines } = expressGatewayOf(plan(["/a-b", "/a/b", "/a.b", "/a/{x}", "/a/p1"]));
  const paths = Object.values(apiEndpoints).flatMap((endpoint) => endpoint.paths);
  expect(paths.filter((path) => path.startsWith("/a")).sort()).toEqual(["/a-b", "/a.b", "/a/:p1", "/a/b", "/a/p1"]);
  expect(Object.keys(pipelines).sort()).toEqual(Object.keys(apiEndpoints).sort());
});

describe("words with signs in them", () => {
  test("mean nothing to Express Gateway's router but themselves", () => {
    const { apiEndpoints } = expressGatewayOf(plan(["/users:batch", "/a+b", "/a(b)", "/$metadata"]));
    const paths = Object.values(apiEndpoints).flatMap((endpoint) => endpoint.paths);
    expect(paths.filter((path) => !path.startsWith("/.well-known")).sort()).toEqual([
      "/[$]metadata",
      "/a[(]b[)]",
      "/a[+]b",
      "/users[:]batch",
    ]);
  });

  test("KrakenD, which takes a colon for a value, leaves such a route out and says so", () => {
    const folder = renderKrakend(plan(["/users:batch", "/users"]));
    expect(warningsOf(folder)).toContain("GET /users:batch is left out: KrakenD takes a colon for a value");
    expect(textOf(folder, "krakend.json")).not.toContain("batch");
  });

  test.each(["/__health", "/__debug/vars", "/__echo/x"])("%s is KrakenD's own", (path) => {
    expect(warningsOf(renderKrakend(plan([path])))).toContain(`GET ${path} is left out: the path is KrakenD's own`);
  });

  test("KrakenD asks for a percent sign as URLs have it", () => {
    expect(textOf(renderKrakend(plan(["/100%25"])), "krakend.json")).toContain('"url_pattern": "/100%25"');
  });

  test.each([
    ["/my%20files", "path_regexp `(?i)^/my files/?$`"],
    ["/caf%C3%A9", "path_regexp `(?i)^/café/?$`"],
    ["/a(b)", "path_regexp `(?i)^/a\\(b\\)/?$`"],
  ])("Caddy finds %s", (path, matcher) => {
    expect(textOf(renderCaddy(plan([path])), "Caddyfile")).toContain(matcher);
  });
});

test("KrakenD leaves out a backend that it cannot reach by IPv6, and says so", () => {
  const folder = renderKrakend(plan([{ path: "/six", backend: "http://[::1]:3001" }, "/four"]));
  expect(warningsOf(folder)).toContain("GET /six is left out: KrakenD takes no IPv6 address for a backend");
  expect(textOf(folder, "krakend.json")).not.toContain("[::1]");
});

test.each(["PROPFIND", "QUERY", "TRACE"])(
  "AWS leaves out a route for %s, which it does not have, and says so",
  (method) => {
    const folder = renderAws(plan([{ path: "/users", method }, "/users/{id}"]), "");
    expect(warningsOf(folder)).toContain(`${method} /users is left out: API Gateway has no routes for ${method}`);
    expect(textOf(folder, "template.yaml")).not.toContain(method.toLowerCase());
  },
);

describe("origins of pages", () => {
  test("are compared as browsers send them", () => {
    const { origins } = plan(["/users"], {
      origins: [
        "http://localhost:3000/",
        "https://App.Example.com",
        "https://app.example.com:443",
        "http://[::1]:5173",
      ],
    });
    expect(origins).toEqual(["http://[::1]:5173", "http://localhost:3000", "https://app.example.com"]);
  });

  test.each(["https://*.example.com", "capacitor://localhost", "https://app.example.com/start"])(
    "%s is none that a gateway can compare: each says so",
    (origin) => {
      const model = plan(["/users"], { origins: [origin] });
      expect(model.origins).toEqual([]);
      for (const render of [renderKrakend, renderNginx, renderCaddy, renderBuiltInExpressGateway])
        expect(warningsOf(render(model))).toContain(`Pages of ${origin} (web_origins) may not call the API`);
      expect(warningsOf(renderAws(model, ""))).toContain(`Pages of ${origin} (web_origins) may not call the API`);
    },
  );

  test("may be longer than the 64 bytes that NGINX has for a key of its tables, and so may backends' addresses", () => {
    const origin = `https://${"a-very-long-name-of-a-preview.".repeat(3)}example.com`;
    const backend = `http://127.0.0.1:3001/${"a/long/path/".repeat(8)}v1`;
    const text = textOf(renderNginx(plan([{ path: "/users", backend }], { origins: [origin] })), "gateway.conf");
    const keys = [...text.matchAll(/^ {2}("[^"]*"|\S+) \S+;$/gm)].map(([, key = ""]) => key);
    expect(keys.filter((key) => key.length > 60 && !/^"~/.test(key))).toEqual([]);
    expect(text).toContain(`"~^${origin.replaceAll(/[.-]/g, (sign) => (sign === "." ? "\\." : sign))}$"`);
  });
});
