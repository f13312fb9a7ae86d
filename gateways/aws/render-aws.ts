import { stringify } from "yaml";
import { isLoopback } from "../authorizer/loopback.ts";
import { CORS_PAGE, type GatewayFolder, type GatewayModel, type GatewayRoute } from "../model/gateway-model.ts";
import { warnOfIdentifier, warnOfIssuers, warnOfOrigins } from "../model/warn.ts";
import { isNativeEnough, type NativeUse, planApi } from "./plan-api.ts";
import { planMetadataFunction } from "./plan-metadata.ts";

/**
 * AWS SAM: an HTTP API whose Lambda authorizer is the core, and a second template with API Gateway's own JWT authorizer
 * where that decides alike.
 *
 * @param lambda what bundleLambda makes; with `paidScopes: token` made without prices
 */
export function renderAws(all: GatewayModel, lambda: string): GatewayFolder {
  const model = { ...all, routes: all.routes.filter(hasMethod) };
  const leftOut = all.routes.filter((route) => !hasMethod(route));
  return {
    name: "aws",
    files: [
      { path: "authorizer/index.js", text: lambda },
      { path: "template.yaml", text: renderTemplate(model, "never") },
      { path: "template-native.yaml", text: renderTemplate(model, "where it is enough") },
    ],
    warnings: [
      ...leftOut.map(({ method, path }) => `${method} ${path} is left out: API Gateway has no routes for ${method}`),
      ...listWarnings(model),
    ],
  };
}

/** Of an HTTP API's routes. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const hasMethod = ({ method }: GatewayRoute): boolean => METHODS.includes(method);

function renderTemplate(model: GatewayModel, native: NativeUse): string {
  const needsKey = model.paidScopes === "authorizer" && model.routes.some(({ paid }) => paid.length > 0);
  const definition = planApi(model, native);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Transform: "AWS::Serverless-2016-10-31",
    Description: "Made by npm run gateways: change tenant.yaml, routes.yaml or stripe.json instead.",
    ...(needsKey && {
      Parameters: {
        StripeGatewayKey: {
          Type: "String",
          NoEcho: true,
          Description: "A restricted key that may read customers, products and subscriptions.",
        },
      },
    }),
    Resources: {
      Api: {
        Type: "AWS::Serverless::HttpApi",
        Properties: { FailOnWarnings: true, ...planCors(model), DefinitionBody: definition },
      },
      Authorizer: planFunction(model, needsKey),
      AuthorizerPermission: PERMISSION,
      ...planMetadataFunction(model),
    },
    Outputs: {
      Url: { Value: { "Fn::Sub": `https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` } },
    },
  };
  return stringify(template, { lineWidth: 0, aliasDuplicateObjects: false });
}

function planFunction({ issuer, audience, jwksUrl, scopeClaim }: GatewayModel, needsKey: boolean) {
  return {
    Type: "AWS::Serverless::Function",
    Properties: {
      CodeUri: "./authorizer",
      Handler: "index.handler",
      Runtime: "nodejs22.x",
      Architectures: ["arm64"],
      MemorySize: 512,
      Timeout: 10,
      Environment: {
        Variables: {
          AUTH0_ISSUER: issuer,
          AUTH0_JWKS_URL: jwksUrl,
          API_IDENTIFIER: audience,
          GATEWAY_SCOPE_CLAIM: scopeClaim,
          // A function has no disk that outlasts it: the backend counts, or the forward-auth service does.
          METERING: "elsewhere",
          ...(needsKey && { STRIPE_GATEWAY_KEY: { Ref: "StripeGatewayKey" } }),
        },
      },
    },
  };
}

const PERMISSION = {
  Type: "AWS::Lambda::Permission",
  Properties: {
    Action: "lambda:InvokeFunction",
    FunctionName: { Ref: "Authorizer" },
    Principal: "apigateway.amazonaws.com",
    SourceArn: {
      "Fn::Sub": `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/authorizers/*`,
    },
  },
};

function planCors({ origins, routes }: GatewayModel) {
  if (origins.length === 0) return {};
  return {
    CorsConfiguration: {
      AllowOrigins: [...origins],
      AllowMethods: [...new Set(routes.map(({ method }) => method))].sort(),
      AllowHeaders: CORS_PAGE.sends.map((name) => name.toLowerCase()),
      ExposeHeaders: CORS_PAGE.reads.map((name) => name.toLowerCase()),
      MaxAge: 600,
    },
  };
}

function listWarnings(model: GatewayModel): readonly string[] {
  const isLocal = (url: string): boolean => isLoopback(new URL(url));
  const byLambda = model.routes.filter((route) => route.scopes !== undefined && !isNativeEnough(route, model));
  return [
    "402 (no subscription) arrives as 403 and 503 as 500: API Gateway knows no other answers of an authorizer",
    ...(model.routes.some(({ paid }) => paid.length > 0)
      ? ["usage is not counted here: count in the backend (gateways/middleware), or behind the forward-auth service"]
      : []),
    ...(model.scopeClaim === "permissions"
      ? ["the JWT authorizer of template-native.yaml does not look at permissions: the Lambda decides every scope"]
      : []),
    ...byLambda
      .slice(0, 1)
      .map(() => `template-native.yaml leaves ${byLambda.length} of ${model.routes.length} routes to the Lambda`),
    "template-native.yaml takes a token that is bound to a key (cnf: DPoP, mTLS) from anybody: do not let the API ask for such",
    "template-native.yaml hands on X-User-Sub alone: with it a backend does not learn organization, scopes or customer",
    ...warnOfIdentifier(model),
    ...warnOfIssuers(model),
    ...warnOfOrigins(model),
    ...(isLocal(model.issuer) ? ["the issuer is on this machine: AWS cannot read its keys"] : []),
    ...(model.routes.some(({ backend }) => isLocal(backend.url))
      ? ["a backend is on this machine: AWS cannot reach it"]
      : []),
    ...(model.routes.some(({ backend }) => backend.credentials)
      ? [
          "API Gateway asks for no token of its own (client credentials): let the backend trust its network, or use KrakenD",
        ]
      : []),
  ];
}
