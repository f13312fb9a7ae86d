/** API Gateway's envelopes, as its developer guide shows them. */
export const STAGE = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/prod";
const DEFAULT_STAGE = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/$default";

interface LambdaRequest {
  readonly method?: string;
  readonly path?: string;
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The mapping key of a custom domain, in front of the path: `/v1`. */
  readonly basePath?: string;
}

type MakeEvent = (request: LambdaRequest) => Record<string, unknown>;

export const tokenEvent: MakeEvent = ({ method = "GET", path = "/users/12", authorization }) => ({
  type: "TOKEN",
  methodArn: `${STAGE}/${method}${path}`,
  ...(authorization !== undefined && { authorizationToken: authorization }),
});

export const requestEvent: MakeEvent = ({ method = "GET", path = "/users/12", authorization, headers = {} }) => {
  const all = { ...headers, ...(authorization !== undefined && { Authorization: authorization }) };
  return {
    type: "REQUEST",
    methodArn: `${STAGE}/${method}${path}`,
    resource: "/users/{id}",
    path: decodeSafely(path),
    httpMethod: method,
    headers: all,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    queryStringParameters: { x: "1" },
    pathParameters: { id: "12" },
    stageVariables: null,
    requestContext: {
      path: `/prod${path}`,
      accountId: "123456789012",
      stage: "prod",
      httpMethod: method,
      apiId: "abcdef1234",
    },
  };
};

const http1Event: MakeEvent = (request) => {
  const { methodArn, ...event } = requestEvent(request);
  return {
    ...event,
    version: "1.0",
    routeArn: String(methodArn).replace(STAGE, DEFAULT_STAGE),
    methodArn: String(methodArn).replace(STAGE, DEFAULT_STAGE),
    identitySource: request.authorization ?? "",
    authorizationToken: request.authorization ?? "",
  };
};

export const http2Event: MakeEvent = ({
  method = "GET",
  path = "/users/12",
  authorization,
  headers = {},
  basePath = "",
}) => ({
  version: "2.0",
  type: "REQUEST",
  routeArn: `${DEFAULT_STAGE}/${method}${path}`,
  identitySource: [authorization ?? ""],
  routeKey: `${method} /users/{id}`,
  rawPath: `${basePath}${path}`,
  rawQueryString: "x=1",
  headers: {
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(authorization !== undefined && { authorization }),
  },
  requestContext: {
    accountId: "123456789012",
    stage: "$default",
    domainName: basePath === "" ? "abcdef1234.execute-api.eu-central-1.amazonaws.com" : "api.example.com",
    http: { method, path: `${basePath}${path}`, protocol: "HTTP/1.1" },
  },
});

export const envelopes = {
  "REST, TOKEN": tokenEvent,
  "REST, REQUEST": requestEvent,
  "HTTP, payload 1.0": http1Event,
  "HTTP, payload 2.0": http2Event,
} as const;

function decodeSafely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
