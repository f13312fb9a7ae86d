import { isRecord } from "../authorizer/problems.ts";
import type { AuthorizationRequest, Headers } from "../authorizer/request.ts";
import { type MethodArn, parseMethodArn } from "./arn.ts";

/** How API Gateway asks, and what it takes for an answer. */
export type AuthorizerEvent =
  /** REST APIs, and HTTP APIs with payload 1.0: an IAM policy. */
  | { readonly kind: "policy"; readonly request: AuthorizationRequest; readonly arn: MethodArn }
  /** HTTP APIs with payload 2.0: an IAM policy, or yes or no where simple responses are enabled. */
  | { readonly kind: "simple"; readonly request: AuthorizationRequest; readonly arn: MethodArn };

/**
 * API Gateway's envelopes (AWS: "Input to a Lambda authorizer"). Undefined for anything else.
 *
 * @param basePath see LambdaAuthorizerOptions
 */
export function parseEvent(event: unknown, basePath = ""): AuthorizerEvent | undefined {
  if (!isRecord(event)) return undefined;
  if (event.type === "TOKEN") return parseTokenEvent(event);
  if (event.type !== "REQUEST") return undefined;
  return event.version === "2.0" ? parseHttpEvent(event, basePath) : parseRequestEvent(event);
}

/** REST, type TOKEN: the token and the method's ARN, which holds the path as it was sent. */
function parseTokenEvent({ authorizationToken, methodArn }: Record<string, unknown>): AuthorizerEvent | undefined {
  const arn = typeof methodArn === "string" ? parseMethodArn(methodArn) : undefined;
  if (arn === undefined || typeof authorizationToken !== "string") return undefined;
  const headers = { authorization: authorizationToken };
  return { kind: "policy", request: { method: arn.method, target: arn.path, headers }, arn };
}

/**
 * REST, type REQUEST, and HTTP with payload 1.0. `path` is decoded for REST APIs, and may begin with the base path of a custom
 * domain: the ARN says what is really asked for. Headers are read from both forms, so that a second one is seen.
 */
function parseRequestEvent(event: Record<string, unknown>): AuthorizerEvent | undefined {
  const resource = event.methodArn ?? event.routeArn;
  const arn = typeof resource === "string" ? parseMethodArn(resource) : undefined;
  if (arn === undefined || event.httpMethod !== arn.method) return undefined;
  const headers = { ...readHeaders(event.headers), ...readHeaders(event.multiValueHeaders) };
  const target = withQuery(arn.path, readQuery(event.multiValueQueryStringParameters ?? event.queryStringParameters));
  return { kind: "policy", request: { method: arn.method, target, headers }, arn };
}

const withQuery = (path: string, query: string): string => (query === "" ? path : `${path}?${query}`);

/** Its names and values come decoded, where there are several as a list. */
function readQuery(parameters: unknown): string {
  const entries = Object.entries(isRecord(parameters) ? parameters : {});
  const pairs = entries.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  return new URLSearchParams(pairs).toString();
}

/**
 * HTTP with payload 2.0: several headers of a name are joined by commas. rawPath begins with the stage unless that is $default,
 * and behind a custom domain with the mapping key. Sources differ about the path in routeArn (the one that was asked for, or
 * the route's own), so it is not read.
 */
function parseHttpEvent(event: Record<string, unknown>, basePath: string): AuthorizerEvent | undefined {
  const { routeArn, rawPath, rawQueryString, requestContext } = event;
  if (!isRecord(requestContext)) return undefined;
  const { http } = requestContext;
  const arn = typeof routeArn === "string" ? parseMethodArn(routeArn) : undefined;
  if (arn === undefined || typeof rawPath !== "string" || !isRecord(http) || typeof http.method !== "string")
    return undefined;
  const stage = arn.stage.slice(arn.stage.lastIndexOf("/") + 1);
  const isOwnDomain = /^[a-z0-9]+\.execute-api\./.test(String(requestContext.domainName));
  const path = cutPrefix(rawPath, isOwnDomain || basePath === "" ? stagePrefix(stage) : basePath);
  const target = typeof rawQueryString === "string" ? withQuery(path, rawQueryString) : path;
  return { kind: "simple", request: { method: http.method, target, headers: readHeaders(event.headers) }, arn };
}

const stagePrefix = (stage: string): string => (stage === "$default" ? "" : `/${stage}`);

function cutPrefix(path: string, prefix: string): string {
  if (prefix !== "" && path === prefix) return "/";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

function readHeaders(value: unknown): Headers {
  const headers: Record<string, string | readonly string[]> = {};
  if (!isRecord(value)) return headers;
  for (const [name, entry] of Object.entries(value)) {
    const own = name.toLowerCase();
    const values = (Array.isArray(entry) ? entry : [entry]).filter((one): one is string => typeof one === "string");
    const known = headers[own];
    const all = known === undefined ? values : [...(typeof known === "string" ? [known] : known), ...values];
    const [first] = all;
    if (first !== undefined) headers[own] = all.length === 1 ? first : all;
  }
  return headers;
}
