import { type GatewayModel, type GatewayRoute, IDENTITY_HEADERS } from "../model/gateway-model.ts";
import { planMetadataPaths } from "./plan-metadata.ts";

/** Which routes API Gateway's own JWT authorizer may decide. */
export type NativeUse = "never" | "where it is enough";

/**
 * Whether API Gateway's JWT authorizer decides as the core does. It knows the `scope` claim alone, takes any one of a route's
 * scopes for enough, knows nothing of payment, and says nothing of organizations. It lets through any value in a path, also one
 * that a backend reads as another path.
 */
export function isNativeEnough(
  { scopes, paid, segments }: GatewayRoute,
  { scopeClaim, paidScopes }: GatewayModel,
): boolean {
  const isFree = paid.length === 0 || paidScopes === "token";
  const hasValues = segments.some(({ kind }) => kind !== "literal");
  return (
    !hasValues &&
    scopes !== undefined &&
    scopes.length <= 1 &&
    isFree &&
    (scopeClaim === "scope" || scopes.length === 0)
  );
}

/** The OpenAPI document of an HTTP API, with API Gateway's extensions. */
export function planApi(model: GatewayModel, native: NativeUse): Record<string, unknown> {
  const paths: Record<string, object> = { ...planMetadataPaths(model) };
  const used = new Set<string>();
  for (const route of model.routes) {
    const guard = guardOf(route, model, native);
    if (guard !== undefined) used.add(guard);
    const path = renderPath(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: planOperation(route, guard) };
  }
  const schemes = { jwt: planJwt(model), authorizer: planLambda() };
  return {
    openapi: "3.0.1",
    info: { title: "gateway", version: "1.0" },
    paths,
    components: {
      securitySchemes: Object.fromEntries(Object.entries(schemes).filter(([name]) => used.has(name))),
    },
  };
}

type Guard = "jwt" | "authorizer" | undefined;

function guardOf(route: GatewayRoute, model: GatewayModel, native: NativeUse): Guard {
  if (route.scopes === undefined) return undefined;
  return native !== "never" && isNativeEnough(route, model) ? "jwt" : "authorizer";
}

function planOperation(route: GatewayRoute, guard: Guard) {
  return {
    ...(guard !== undefined && { security: [{ [guard]: guard === "jwt" ? (route.scopes ?? []) : [] }] }),
    "x-amazon-apigateway-integration": {
      type: "http_proxy",
      httpMethod: route.method,
      uri: `${route.backend.url}${renderUriPath(route)}`,
      payloadFormatVersion: "1.0",
      // Overwritten or removed, so that nothing a client sent under these names arrives.
      requestParameters: Object.fromEntries(IDENTITY_HEADERS.map((name) => planIdentity(name, guard))),
    },
  };
}

const FROM_LAMBDA: Readonly<Record<(typeof IDENTITY_HEADERS)[number], string>> = {
  "X-User-Sub": "sub",
  "X-Org-Id": "org_id",
  "X-Scopes": "scopes",
  "X-Stripe-Customer": "stripe_customer",
};

/** Of a token's claims `sub` alone is always there; what API Gateway puts for a missing one is not documented. */
function planIdentity(name: (typeof IDENTITY_HEADERS)[number], guard: Guard): readonly [string, string] {
  if (guard === "authorizer") return [`overwrite:header.${name}`, `$context.authorizer.${FROM_LAMBDA[name]}`];
  if (guard === "jwt" && name === "X-User-Sub") return [`overwrite:header.${name}`, "$context.authorizer.claims.sub"];
  return [`remove:header.${name}`, "''"];
}

function planJwt({ issuer, audience }: GatewayModel) {
  return {
    type: "oauth2",
    "x-amazon-apigateway-authorizer": {
      type: "jwt",
      identitySource: "$request.header.Authorization",
      jwtConfiguration: { issuer, audience: [audience] },
    },
  };
}

function planLambda() {
  return {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authorizer": {
      type: "request",
      identitySource: "$request.header.Authorization",
      authorizerPayloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      // A kept answer would serve every route that is asked for with the same token.
      authorizerResultTtlInSeconds: 0,
      authorizerUri: {
        "Fn::Sub": `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Authorizer.Arn}/invocations`,
      },
    },
  };
}

/** Parameters are named by their place: API Gateway takes letters and digits in names, and each name once. */
function renderPath({ segments }: GatewayRoute): string {
  return `/${segments
    .map((segment, index) => {
      if (segment.kind === "literal") return segment.written;
      return segment.kind === "parameter" ? `{p${index}}` : "{proxy+}";
    })
    .join("/")}`;
}

const renderUriPath = (route: GatewayRoute): string => renderPath(route).replace("{proxy+}", "{proxy}");
