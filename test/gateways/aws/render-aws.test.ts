import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseRoutes } from "../../../gateways/authorizer/routes/route.ts";
import { renderAws } from "../../../gateways/aws/render-aws.ts";
import type { GatewayModel, GatewayRoute } from "../../../gateways/model/gateway-model.ts";

const backend = { name: "api", url: "https://backend.example.com/v1", credentials: undefined };
const route = (method: string, path: string, more: Partial<GatewayRoute> = {}): GatewayRoute => {
  const [parsed] = parseRoutes({ routes: [{ method, path }] });
  return {
    method,
    path,
    segments: parsed!.segments,
    scopes: ["get:users"],
    paid: [],
    metered: undefined,
    backend,
    ...more,
  };
};
const model: GatewayModel = {
  issuer: "https://tenant.example.com/",
  furtherIssuers: [],
  jwksUrl: "https://tenant.example.com/.well-known/jwks.json",
  audience: "https://api.example.com/",
  scopeClaim: "scope",
  paidScopes: "authorizer",
  customerClaim: "https://api.example.com/stripe_customer_id",
  metadata: undefined,
  origins: ["https://spa.example.com"],
  unusableOrigins: [],
  rateLimit: 300,
  authorizerUrl: "http://127.0.0.1:4455",
  port: 8080,
  caFile: undefined,
  routes: [
    route("GET", "/health", { scopes: undefined }),
    route("GET", "/users/{id}"),
    route("DELETE", "/users/{id}", { scopes: ["delete:users", "admin:users"] }),
    route("GET", "/reports", { scopes: ["get:reports"], paid: ["get:reports"] }),
    route("GET", "/files/*", { scopes: [] }),
  ],
};

interface Operation {
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly "x-amazon-apigateway-integration": {
    readonly uri: string;
    readonly requestParameters: Record<string, string>;
  };
}
const read = (changes: Partial<GatewayModel> = {}, file = "template.yaml") => {
  const folder = renderAws({ ...model, ...changes }, "exports.handler = 1;");
  const template = parse(folder.files.find(({ path }) => path === file)!.text) as {
    Parameters?: unknown;
    Resources: Record<string, { Type: string; Properties: Record<string, never> }>;
  };
  const definition = template.Resources.Api!.Properties.DefinitionBody as unknown as {
    paths: Record<string, Record<string, Operation>>;
    components: { securitySchemes: Record<string, Record<string, unknown>> };
  };
  return { folder, template, definition };
};
const guards = (file: string, changes: Partial<GatewayModel> = {}) =>
  Object.entries(read(changes, file).definition.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security }]) => [
      `${method} ${path}`,
      Object.keys(security?.[0] ?? {})[0],
    ]),
  );

describe("template.yaml", () => {
  test("has the Lambda before every route that is not public", () => {
    expect(guards("template.yaml")).toEqual([
      ["get /health", undefined],
      ["get /users/{p1}", "authorizer"],
      ["delete /users/{p1}", "authorizer"],
      ["get /reports", "authorizer"],
      ["get /files/{proxy+}", "authorizer"],
    ]);
  });

  test("keeps no answer of the Lambda, because it would serve other routes", () => {
    const { definition } = read();
    expect(definition.components.securitySchemes).toMatchObject({
      authorizer: {
        "x-amazon-apigateway-authorizer": {
          type: "request",
          authorizerPayloadFormatVersion: "2.0",
          enableSimpleResponses: true,
          authorizerResultTtlInSeconds: 0,
        },
      },
    });
    expect(definition.components.securitySchemes).not.toHaveProperty("jwt");
  });

  test("sets or removes every identity header of every route", () => {
    for (const file of ["template.yaml", "template-native.yaml"])
      for (const operations of Object.values(read({}, file).definition.paths))
        for (const operation of Object.values(operations)) {
          const names = Object.keys(operation["x-amazon-apigateway-integration"].requestParameters);
          expect(names.map((name) => name.replace(/^(?:overwrite|remove):header\./, ""))).toEqual([
            "X-User-Sub",
            "X-Org-Id",
            "X-Scopes",
            "X-Stripe-Customer",
          ]);
        }
  });

  test("calls the backend by the path that was asked for", () => {
    const { paths } = read().definition;
    expect(paths["/users/{p1}"]!.get!["x-amazon-apigateway-integration"].uri).toBe(
      "https://backend.example.com/v1/users/{p1}",
    );
    expect(paths["/files/{proxy+}"]!.get!["x-amazon-apigateway-integration"].uri).toBe(
      "https://backend.example.com/v1/files/{proxy}",
    );
  });

  test("asks for Stripe's key only where the Lambda asks Stripe, and never holds it", () => {
    expect(read().template.Parameters).toMatchObject({ StripeGatewayKey: { NoEcho: true } });
    expect(read({ paidScopes: "token" }).template.Parameters).toBeUndefined();
    expect(read({ routes: [route("GET", "/users")] }).template.Parameters).toBeUndefined();
  });
});

describe("template-native.yaml has API Gateway's own authorizer only where it decides alike", () => {
  test.each([
    ["the scopes in scope", {}, ["authorizer", "authorizer", "authorizer", "authorizer", "jwt", "jwt"]],
    [
      "the scopes in permissions",
      { scopeClaim: "permissions" },
      ["authorizer", "authorizer", "authorizer", "authorizer", "authorizer", "jwt"],
    ],
    [
      "payment in the token already",
      { paidScopes: "token" },
      ["authorizer", "authorizer", "jwt", "authorizer", "jwt", "jwt"],
    ],
  ] as const)("%s", (_name, changes, expected) => {
    const routes = [...model.routes, route("GET", "/users"), route("GET", "/me", { scopes: [] })];
    expect(guards("template-native.yaml", { routes, ...changes }).map(([, guard]) => guard)).toEqual([
      undefined,
      ...expected,
    ]);
  });

  test("and never for a path with a value in it, which a backend may read otherwise", () => {
    for (const path of ["/users/{id}", "/users/{id}/notes", "/files/*"])
      expect(guards("template-native.yaml", { routes: [route("GET", path)] }).map(([, guard]) => guard)).toEqual([
        "authorizer",
      ]);
  });

  test("with issuer, audience and the route's scope", () => {
    const { definition } = read({ routes: [route("GET", "/users")] }, "template-native.yaml");
    expect(definition.components.securitySchemes.jwt).toMatchObject({
      "x-amazon-apigateway-authorizer": {
        type: "jwt",
        jwtConfiguration: { issuer: model.issuer, audience: [model.audience] },
      },
    });
    expect(definition.paths["/users"]!.get!.security).toEqual([{ jwt: ["get:users"] }]);
  });
});

describe("what AWS cannot do is said", () => {
  test.each([
    ["payment", {}, /402 .* arrives as 403/],
    ["usage", {}, /usage is not counted/],
    ["permissions", { scopeClaim: "permissions" }, /does not look at permissions/],
    ["an issuer on this machine", { issuer: "https://localhost:4433/" }, /cannot read its keys/],
    [
      "a backend on this machine",
      { routes: [route("GET", "/users", { backend: { ...backend, url: "http://127.0.0.1:3001" } })] },
      /cannot reach it/,
    ],
  ] as const)("%s", (_name, changes, message) => {
    expect(read(changes).folder.warnings.join("\n")).toMatch(message);
  });

  test("and nothing that does not apply", () => {
    expect(read().folder.warnings.join("\n")).not.toMatch(/this machine|permissions|client credentials/);
  });
});
